-- File systems. One that is not visible is being created: its targets and its command are being asked for (ADR 5).
CREATE TABLE filesystem (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL DEFAULT 1,
    name text NOT NULL,
    -- null until the MGT of a creation is claimed
    mgt_id bigint,
    state text NOT NULL DEFAULT 'unavailable',
    state_modified_at timestamptz NOT NULL DEFAULT now(),
    immutable_state boolean NOT NULL DEFAULT false,
    creation_key text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    visible boolean NOT NULL DEFAULT false,
    not_deleted boolean DEFAULT true,
    -- names are unique within an MGT
    CONSTRAINT filesystem_name UNIQUE (mgt_id, name, not_deleted),
    CONSTRAINT filesystem_creation UNIQUE (creation_key)
);
CREATE INDEX filesystem_abandoned ON filesystem (created_at) WHERE NOT visible;
CREATE INDEX filesystem_mgt ON filesystem (mgt_id) WHERE not_deleted;

CREATE TABLE client_mount (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL DEFAULT 1,
    host_id bigint NOT NULL,
    filesystem_id bigint NOT NULL REFERENCES filesystem,
    mountpoint text NOT NULL,
    state text NOT NULL DEFAULT 'unmounted',
    state_modified_at timestamptz NOT NULL DEFAULT now(),
    immutable_state boolean NOT NULL DEFAULT false,
    not_deleted boolean DEFAULT true,
    CONSTRAINT client_mount_pair UNIQUE (host_id, filesystem_id, not_deleted)
);
CREATE INDEX neighbour_target_filesystem ON neighbour ((fact ->> 'filesystemId')) WHERE type = 'target';
CREATE INDEX neighbour_lnet_host ON neighbour ((fact ->> 'hostId')) WHERE type = 'lnet_configuration';
