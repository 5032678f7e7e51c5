-- User-visible operations.
CREATE TABLE command (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL DEFAULT 1,
    message text NOT NULL,
    actor text,
    complete boolean NOT NULL DEFAULT false,
    errored boolean NOT NULL DEFAULT false,
    cancelled boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    unfinished_jobs integer NOT NULL DEFAULT 0
);
CREATE INDEX command_created ON command (created_at);
CREATE INDEX command_incomplete ON command (id) WHERE NOT complete;

-- Requests by idempotency key: the command that a key led to, or none if the key is forbidden.
CREATE TABLE command_key (
    key text PRIMARY KEY,
    command_id bigint REFERENCES command,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE SEQUENCE job_id;
-- Grows with every dispatch: agents refuse what is older than the newest they have seen for the same object.
CREATE SEQUENCE fencing_token;

-- Units of work. Ids ascend in the order of planning, so a job waits only for jobs with smaller ids.
CREATE TABLE job (
    id bigint PRIMARY KEY,
    class_name text NOT NULL,
    subject text NOT NULL,
    description text NOT NULL,
    from_state text,
    to_state text,
    args jsonb NOT NULL,
    why jsonb NOT NULL,
    cancellable boolean NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'tasked', 'complete')),
    errored boolean NOT NULL DEFAULT false,
    cancelled boolean NOT NULL DEFAULT false,
    reason jsonb,
    attempt integer NOT NULL DEFAULT 1,
    unfinished_predecessors integer NOT NULL,
    cancel_requested jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    modified_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX job_incomplete ON job (id) WHERE state <> 'complete';

CREATE TABLE command_job (
    command_id bigint NOT NULL REFERENCES command,
    job_id bigint NOT NULL REFERENCES job,
    PRIMARY KEY (command_id, job_id)
);
CREATE INDEX command_job_job ON command_job (job_id);

-- after_id waits for before_id.
CREATE TABLE job_edge (
    before_id bigint NOT NULL REFERENCES job,
    after_id bigint NOT NULL REFERENCES job,
    PRIMARY KEY (before_id, after_id)
);
CREATE INDEX job_edge_after ON job_edge (after_id);

-- Locks of jobs; those of incomplete jobs are held.
CREATE TABLE job_lock (
    job_id bigint NOT NULL REFERENCES job,
    position integer NOT NULL,
    ref text NOT NULL,
    content_type_id integer NOT NULL,
    write boolean NOT NULL,
    begin_state text,
    end_state text,
    held boolean NOT NULL DEFAULT true,
    PRIMARY KEY (job_id, position)
);
CREATE INDEX job_lock_held ON job_lock (ref, job_id) WHERE held;

CREATE SEQUENCE lock_version;

-- Bumped by every transaction that changes jobs or locks: tells an instance whether what it remembers is still true.
CREATE TABLE engine_state (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version bigint NOT NULL
);
INSERT INTO engine_state (version) VALUES (1);

-- Executed steps of jobs; a repetition is a row of its own.
CREATE TABLE step (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id bigint NOT NULL REFERENCES job,
    attempt integer NOT NULL,
    step_index integer NOT NULL,
    step_try integer NOT NULL,
    step_count integer NOT NULL,
    class_name text NOT NULL,
    description text NOT NULL,
    args jsonb NOT NULL,
    state text NOT NULL DEFAULT 'incomplete' CHECK (state IN ('incomplete', 'failed', 'success')),
    log text NOT NULL DEFAULT '',
    console text NOT NULL DEFAULT '',
    backtrace text NOT NULL DEFAULT '',
    result text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    modified_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (job_id, attempt, step_index, step_try)
);

-- Output of running steps; replaced by the step's console when it ends.
CREATE TABLE step_console (
    job_id bigint NOT NULL,
    attempt integer NOT NULL,
    step_index integer NOT NULL,
    step_try integer NOT NULL,
    call text NOT NULL,
    sequence integer NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (job_id, attempt, step_index, step_try, call, sequence)
);
