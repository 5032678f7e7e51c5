-- The newest complete device report of each server.
CREATE TABLE storage_report (
    host_id bigint PRIMARY KEY REFERENCES host,
    body jsonb NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now()
);

-- Storage resources that some server reports. identity is JSON text; host_id is null for what is the same on all servers.
CREATE TABLE storage_resource (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plugin_name text NOT NULL DEFAULT 'linux',
    class_name text NOT NULL,
    identity text NOT NULL,
    host_id bigint REFERENCES host,
    name text NOT NULL,
    alias text CHECK (length(alias) <= 64),
    attributes jsonb NOT NULL
);
CREATE UNIQUE INDEX storage_resource_identity ON storage_resource (class_name, identity, coalesce(host_id, 0));

-- Which server reports which resource, and what it says the resource is built on.
CREATE TABLE storage_sighting (
    host_id bigint NOT NULL REFERENCES host,
    resource_id bigint NOT NULL REFERENCES storage_resource ON DELETE CASCADE,
    parents bigint[] NOT NULL,
    PRIMARY KEY (host_id, resource_id)
);
CREATE INDEX storage_sighting_resource ON storage_sighting (resource_id);
CREATE INDEX storage_sighting_parents ON storage_sighting USING gin (parents);

-- Volumes. drive names the logical drive: when it is seen again, the removed row comes back, so that a target keeps its volume.
CREATE TABLE volume (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL DEFAULT 0,
    not_deleted boolean DEFAULT true CHECK (not_deleted),
    drive text NOT NULL,
    class_name text NOT NULL,
    label text NOT NULL,
    size bigint,
    usable_for_lustre boolean NOT NULL,
    filesystem_type text,
    storage_resource_id bigint REFERENCES storage_resource ON DELETE SET NULL,
    UNIQUE (drive, not_deleted)
);
CREATE INDEX volume_label ON volume (label) WHERE not_deleted;
CREATE INDEX volume_resource ON volume (storage_resource_id);

CREATE TABLE volume_node (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    not_deleted boolean DEFAULT true CHECK (not_deleted),
    volume_id bigint NOT NULL REFERENCES volume,
    host_id bigint NOT NULL REFERENCES host,
    path text NOT NULL,
    is_primary boolean NOT NULL DEFAULT false,
    in_use boolean NOT NULL DEFAULT false,
    UNIQUE (host_id, path, not_deleted)
);
CREATE INDEX volume_node_volume ON volume_node (volume_id) WHERE not_deleted;
CREATE INDEX volume_node_host ON volume_node (host_id) WHERE not_deleted;
