-- Makes and models of power switches and BMCs. A removed one keeps its row: a factory type that was removed does not come back.
CREATE TABLE power_control_type (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    not_deleted boolean DEFAULT true CHECK (not_deleted),
    agent text NOT NULL,
    make text,
    model text,
    max_outlets integer NOT NULL,
    default_port integer NOT NULL,
    default_username text NOT NULL DEFAULT '',
    default_options text,
    poweron_template text NOT NULL,
    poweroff_template text NOT NULL,
    powercycle_template text NOT NULL,
    monitor_template text NOT NULL,
    outlet_query_template text NOT NULL,
    outlet_list_template text
);
CREATE UNIQUE INDEX power_control_type_identity ON power_control_type (agent, coalesce(make, ''), coalesce(model, ''))
    WHERE not_deleted;

-- Power distribution units, and one pseudo device per set of BMC credentials. revision grows with every change of how a device
-- is asked: what was seen before is no news.
CREATE TABLE power_control_device (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL DEFAULT 0,
    type_id bigint NOT NULL REFERENCES power_control_type,
    name text NOT NULL,
    address text NOT NULL,
    port integer NOT NULL,
    username text NOT NULL,
    options text,
    monitored boolean NOT NULL DEFAULT true,
    revision bigint NOT NULL DEFAULT 0,
    next_check_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (address, port)
);
CREATE INDEX power_control_device_type ON power_control_device (type_id);
CREATE INDEX power_control_device_check ON power_control_device (next_check_at);

-- What can be switched. has_power: null is unknown. monitored: a BMC that answers. revision grows whenever the outlet is switched or
-- changed: what was seen before is no news.
CREATE TABLE power_control_device_outlet (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL DEFAULT 0,
    device_id bigint NOT NULL REFERENCES power_control_device,
    identifier text NOT NULL,
    host_id bigint REFERENCES host,
    has_power boolean,
    monitored boolean NOT NULL DEFAULT true,
    revision bigint NOT NULL DEFAULT 0,
    UNIQUE (device_id, identifier)
);
CREATE INDEX power_control_device_outlet_host ON power_control_device_outlet (host_id);

-- Servers whose cluster has to learn anew how they are fenced; key: of the command that does it.
CREATE TABLE fencing_request (
    host_id bigint PRIMARY KEY REFERENCES host,
    key text NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    next_try_at timestamptz NOT NULL DEFAULT now()
);
