-- Messages that committed transactions want published; the relay deletes what Kafka has acknowledged.
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    key text NOT NULL,
    payload text,
    recipient text,
    version bigint,
    job_id bigint,
    command_id bigint,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Messages that were applied, kept longer than any topic keeps records.
CREATE TABLE inbox (
    consumer text NOT NULL,
    source text NOT NULL,
    message_id bigint NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, source, message_id)
);
CREATE INDEX inbox_received ON inbox (received_at);

-- What could not be handled, until somebody replays or discards it.
CREATE TABLE dead_letter (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    consumer text NOT NULL,
    topic text NOT NULL,
    key text,
    payload text,
    headers jsonb NOT NULL,
    error text NOT NULL,
    failed_at timestamptz NOT NULL DEFAULT now(),
    replayed_at timestamptz
);

-- What this service knows of other services' objects: a projection of their facts. A removed object keeps its row, so that a
-- late record cannot bring it back.
CREATE TABLE neighbour (
    ref text PRIMARY KEY,
    type text NOT NULL,
    id bigint NOT NULL,
    version bigint NOT NULL,
    state text,
    label text,
    fact jsonb,
    wire jsonb,
    gone boolean NOT NULL DEFAULT false,
    -- the last change was seen by an agent, nobody had asked for it
    observed boolean NOT NULL DEFAULT false,
    -- the transaction that wrote the row: what is not older than the oldest running transaction of an earlier reading may be new
    changed_by xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX neighbour_changed ON neighbour (changed_by);
CREATE INDEX neighbour_type ON neighbour (type, id) WHERE NOT gone;

-- Locks that incomplete jobs hold, by object.
CREATE TABLE neighbour_lock (
    ref text PRIMARY KEY,
    version bigint NOT NULL,
    read_jobs bigint[] NOT NULL,
    write_jobs bigint[] NOT NULL,
    -- as of neighbour
    changed_by xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX neighbour_lock_changed ON neighbour_lock (changed_by);
