-- Classes of storage resources. loaded: of a plug-in that is there now. columns and fields are as in the API; attributes as declared.
CREATE TABLE storage_resource_class (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plugin_name text NOT NULL,
    class_name text NOT NULL,
    plugin_internal boolean NOT NULL,
    user_creatable boolean NOT NULL,
    loaded boolean NOT NULL,
    attributes jsonb NOT NULL,
    columns jsonb NOT NULL,
    fields jsonb NOT NULL,
    stats jsonb NOT NULL,
    charts jsonb NOT NULL,
    UNIQUE (plugin_name, class_name)
);

-- root: entered by a user. refs: resources that its attributes refer to.
ALTER TABLE storage_resource ADD COLUMN version bigint NOT NULL DEFAULT 0;
ALTER TABLE storage_resource ADD COLUMN root boolean NOT NULL DEFAULT false;
ALTER TABLE storage_resource ADD COLUMN refs bigint[] NOT NULL DEFAULT '{}';
DROP INDEX storage_resource_identity;
CREATE UNIQUE INDEX storage_resource_identity ON storage_resource (plugin_name, class_name, identity, coalesce(host_id, 0));
CREATE INDEX storage_resource_refs ON storage_resource USING gin (refs);

-- What was written of a server's report last: the same again changes nothing.
CREATE TABLE storage_digest (
    host_id bigint NOT NULL REFERENCES host,
    plugin_name text NOT NULL,
    digest text NOT NULL,
    PRIMARY KEY (host_id, plugin_name)
);
