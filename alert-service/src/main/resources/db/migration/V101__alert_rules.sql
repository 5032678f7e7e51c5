-- Storage alerts have a type per condition; all others the name of their class.
ALTER TABLE alert ADD COLUMN alert_type text;
UPDATE alert SET alert_type = record_type;
ALTER TABLE alert ALTER COLUMN alert_type SET NOT NULL;
DROP INDEX alert_active;
CREATE UNIQUE INDEX alert_active ON alert (item_type, item_id, alert_type) WHERE active;
-- dismissing all touches few rows, of many
CREATE INDEX alert_undismissed ON alert (id) WHERE NOT dismissed;
-- a security flavor completes the newest connection of its process
CREATE INDEX alert_connection ON alert (item_id, lustre_pid, id) WHERE lustre_pid IS NOT NULL;

-- NIDs that a server is supposed to have: those it had when somebody last changed its LNet, or when it was first seen.
CREATE TABLE accepted_nids (
    host_id bigint PRIMARY KEY,
    nids text[] NOT NULL
);

-- Storage resources that were announced as discovered.
CREATE TABLE announced_resource (
    id bigint PRIMARY KEY
);

-- A command has one row, whatever becomes of it.
CREATE UNIQUE INDEX alert_command ON alert (item_id) WHERE item_type = 'command';

-- Mounted targets are reported by the uuid of what they lie on.
CREATE INDEX neighbour_target_uuid ON neighbour ((wire ->> 'uuid')) WHERE type = 'target' AND NOT gone;
