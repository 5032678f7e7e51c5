-- MGTs, MDTs, OSTs. A target that is not visible is claimed: its command is being asked for (ADR 5).
CREATE TABLE target (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL DEFAULT 1,
    kind text NOT NULL,
    name text NOT NULL,
    filesystem_id bigint,
    filesystem_name text,
    target_index integer,
    uuid text,
    ha_label text,
    inode_size integer,
    inode_count bigint,
    bytes_per_inode integer,
    reformat boolean NOT NULL DEFAULT false,
    volume_id bigint NOT NULL,
    state text NOT NULL DEFAULT 'unformatted',
    state_modified_at timestamptz NOT NULL DEFAULT now(),
    immutable_state boolean NOT NULL DEFAULT false,
    active_mount_id bigint,
    conf_params jsonb NOT NULL DEFAULT '{}',
    claim_key text NOT NULL,
    claim_position integer NOT NULL,
    -- who asked for the claim: that service decides what becomes of an abandoned one
    claimed_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    visible boolean NOT NULL DEFAULT false,
    not_deleted boolean DEFAULT true,
    -- the claim: a volume carries one target, whoever asks first
    CONSTRAINT target_volume UNIQUE (volume_id, not_deleted)
);
CREATE INDEX target_filesystem ON target (filesystem_id) WHERE not_deleted;
CREATE INDEX target_claim ON target (claim_key);
CREATE INDEX target_abandoned ON target (created_at) WHERE NOT visible;

-- The servers that can run a target.
CREATE TABLE target_mount (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target_id bigint NOT NULL REFERENCES target ON DELETE CASCADE,
    host_id bigint NOT NULL,
    volume_node_id bigint NOT NULL,
    path text NOT NULL,
    mount_point text NOT NULL,
    is_primary boolean NOT NULL,
    -- true for mounts of a live MGT: a server has one at most
    live_mgs boolean
);
CREATE INDEX target_mount_target ON target_mount (target_id);
CREATE INDEX target_mount_host ON target_mount (host_id);
CREATE UNIQUE INDEX target_mount_mgs ON target_mount (host_id) WHERE live_mgs;

-- Next index of each kind in each file system; never goes back, also after a removal.
CREATE TABLE target_index (
    filesystem_id bigint NOT NULL,
    kind text NOT NULL,
    next_index integer NOT NULL,
    PRIMARY KEY (filesystem_id, kind)
);

-- The last observation that counted, by observer.
CREATE TABLE observation_seen (
    host_id bigint NOT NULL,
    kind text NOT NULL,
    agent_epoch text NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (host_id, kind)
);
CREATE INDEX neighbour_filesystem_mgt ON neighbour ((fact ->> 'mgtId')) WHERE type = 'filesystem';
