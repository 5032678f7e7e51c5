-- What servers last said of their client mounts, and when the hub heard it: looked at again when a job has let a mount go.
CREATE TABLE client_mount_seen (
    host_id bigint PRIMARY KEY,
    agent_epoch text NOT NULL,
    sequence bigint NOT NULL,
    seen_at timestamptz NOT NULL,
    mounts jsonb NOT NULL
);

CREATE TABLE copytool (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL DEFAULT 1,
    host_id bigint NOT NULL,
    filesystem_id bigint NOT NULL REFERENCES filesystem,
    client_mount_id bigint NOT NULL REFERENCES client_mount,
    bin_path text NOT NULL,
    archive integer NOT NULL,
    index integer NOT NULL,
    mountpoint text NOT NULL,
    hsm_arguments text NOT NULL DEFAULT '',
    uuid text,
    pid integer,
    state text NOT NULL DEFAULT 'unconfigured',
    state_modified_at timestamptz NOT NULL DEFAULT now(),
    immutable_state boolean NOT NULL DEFAULT false,
    -- the job that started it last; null: it is not meant to run, and what it still says changes no state
    run text,
    -- what it last said of itself in this run; null: nothing
    registered boolean,
    -- up to where the words of its monitor have been applied
    monitor text,
    heard bigint,
    not_deleted boolean DEFAULT true,
    CONSTRAINT copytool_instance UNIQUE (host_id, bin_path, filesystem_id, archive, index, not_deleted)
);
CREATE INDEX copytool_mount ON copytool (client_mount_id) WHERE not_deleted;

CREATE TABLE copytool_operation (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    copytool_id bigint NOT NULL REFERENCES copytool,
    -- 0 unknown, 1 started, 2 running, 3 finished, 4 errored
    state smallint NOT NULL,
    -- 0 unknown, 1 archive, 2 restore, 3 remove
    type smallint NOT NULL,
    started_at timestamptz,
    updated_at timestamptz,
    finished_at timestamptz,
    processed_bytes bigint,
    total_bytes bigint,
    path text,
    fid text,
    -- the file that is written, which is another one than fid while a file is restored
    data_fid text,
    info text
);
CREATE INDEX copytool_operation_active ON copytool_operation (copytool_id) WHERE finished_at IS NULL;
