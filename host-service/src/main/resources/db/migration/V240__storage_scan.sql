-- scanned: its roots are asked what is below them. conditions: as declared.
ALTER TABLE storage_resource_class ADD COLUMN scanned boolean NOT NULL DEFAULT false;
ALTER TABLE storage_resource_class ADD COLUMN parent_classes jsonb NOT NULL DEFAULT '[]';
ALTER TABLE storage_resource_class ADD COLUMN conditions jsonb NOT NULL DEFAULT '[]';

-- root_id: the root resource whose scan has found it. parents: what it is built on, as the scan says. drive: identity of the SCSI device as
-- which it appears on servers. next_scan_at: when a root is scanned next; null: at once.
ALTER TABLE storage_resource ADD COLUMN root_id bigint REFERENCES storage_resource ON DELETE CASCADE;
ALTER TABLE storage_resource ADD COLUMN parents bigint[] NOT NULL DEFAULT '{}';
ALTER TABLE storage_resource ADD COLUMN drive text;
ALTER TABLE storage_resource ADD COLUMN contactable boolean NOT NULL DEFAULT true;
ALTER TABLE storage_resource ADD COLUMN next_scan_at timestamptz;
DROP INDEX storage_resource_identity;
CREATE UNIQUE INDEX storage_resource_identity
    ON storage_resource (plugin_name, class_name, identity, coalesce(host_id, 0), coalesce(root_id, 0));
CREATE INDEX storage_resource_root ON storage_resource (root_id) WHERE root_id IS NOT NULL;
CREATE INDEX storage_resource_parents ON storage_resource USING gin (parents);
CREATE INDEX storage_resource_drive ON storage_resource (drive) WHERE drive IS NOT NULL;
CREATE INDEX storage_resource_scan ON storage_resource (id) WHERE root;

-- What a resource is built on: as servers say, as scans say, and the array's part that a server sees as a disk.
CREATE VIEW storage_parent (resource_id, parents) AS
    SELECT resource_id, parents FROM storage_sighting
    UNION ALL SELECT id, parents FROM storage_resource WHERE parents <> '{}'
    UNION ALL SELECT d.id, ARRAY[l.id] FROM storage_resource l
        JOIN storage_resource d ON d.plugin_name = 'linux' AND d.class_name = 'ScsiDevice' AND d.identity = l.drive
        WHERE l.drive IS NOT NULL;

CREATE INDEX neighbour_alert_item ON neighbour (((fact ->> 'itemId')::bigint)) WHERE type = 'alert' AND NOT gone;
