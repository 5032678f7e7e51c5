-- Health problems with a beginning and an end, momentary events, and one row per command.
CREATE TABLE alert (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    record_type text NOT NULL,
    item_type text NOT NULL,
    item_id bigint NOT NULL,
    item_str text NOT NULL,
    message text NOT NULL,
    severity integer NOT NULL,
    begin_at timestamptz NOT NULL DEFAULT now(),
    end_at timestamptz,
    -- true or null, never false: ended rows do not take part in the uniqueness below
    active boolean CHECK (active),
    dismissed boolean NOT NULL DEFAULT false,
    variant text NOT NULL DEFAULT '{}',
    lustre_pid integer,
    -- URIs of the item and of what suffers with it, fixed when the alert is raised
    affected text[] NOT NULL
);
CREATE UNIQUE INDEX alert_active ON alert (item_type, item_id, record_type) WHERE active;
CREATE INDEX alert_begin ON alert (begin_at DESC, id DESC);
CREATE INDEX alert_item ON alert (item_type, item_id);

-- Boot times last seen, to tell a restart from a first report.
CREATE TABLE host_boot (
    host_id bigint PRIMARY KEY,
    boot_time text NOT NULL
);

-- Newest observation applied, by observer.
CREATE TABLE observation_seen (
    host_id bigint PRIMARY KEY,
    agent_epoch text NOT NULL,
    sequence bigint NOT NULL
);

CREATE TABLE log_line (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    fqdn text NOT NULL,
    severity integer NOT NULL,
    facility integer NOT NULL,
    tag text NOT NULL,
    message text NOT NULL,
    message_class integer NOT NULL,
    -- words of the message that may name a server or a target: [{"start", "end", "nid" | "target"}]
    mentions jsonb NOT NULL DEFAULT '[]'
);
CREATE INDEX log_line_at ON log_line (at DESC, id DESC);
CREATE INDEX log_line_lustre ON log_line (at DESC, id DESC) WHERE message_class IN (1, 2);
CREATE INDEX log_line_fqdn ON log_line (fqdn, at DESC);

-- Look-ups of log lines' mentions.
CREATE INDEX neighbour_target_label ON neighbour (label) WHERE type = 'target' AND NOT gone;
CREATE INDEX neighbour_nids ON neighbour USING gin ((fact -> 'nids')) WHERE type = 'lnet_configuration' AND NOT gone;
