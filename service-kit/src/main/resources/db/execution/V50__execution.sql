-- Jobs that this service was asked to run. A row stays after the end, so that a repeated dispatch is recognised.
CREATE TABLE job_run (
    job_id bigint PRIMARY KEY,
    attempt integer NOT NULL,
    phase text NOT NULL CHECK (phase IN ('waiting', 'running', 'stopping', 'finished')),
    dispatch jsonb NOT NULL,
    subject text NOT NULL,
    steps jsonb,
    step_index integer NOT NULL DEFAULT 0,
    step_try integer NOT NULL DEFAULT 1,
    cancel_reason jsonb,
    outcome text,
    due_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);
CREATE INDEX job_run_due ON job_run (due_at) WHERE phase <> 'finished' AND due_at IS NOT NULL;
CREATE INDEX job_run_waiting ON job_run (job_id) WHERE phase = 'waiting';
CREATE INDEX job_run_active ON job_run (subject) WHERE phase <> 'finished';
CREATE INDEX job_run_finished ON job_run (finished_at) WHERE phase = 'finished';

-- What the running steps have asked for, and what came back. Rows go with the end of their step.
CREATE TABLE step_call (
    id text PRIMARY KEY,
    job_id bigint NOT NULL REFERENCES job_run ON DELETE CASCADE,
    call text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('agent', 'session', 'activity', 'note', 'mutex')),
    host_id bigint,
    name text NOT NULL,
    request jsonb,
    outcome jsonb,
    lease_until timestamptz,
    due_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX step_call_job ON step_call (job_id);
CREATE INDEX step_call_session ON step_call (host_id) WHERE kind = 'session' AND outcome IS NULL;
CREATE INDEX step_call_activity ON step_call (lease_until) WHERE kind = 'activity' AND outcome IS NULL;
CREATE INDEX step_call_mutex ON step_call (name) WHERE kind = 'mutex' AND outcome IS NULL;

-- Named locks that a job holds from the step that takes it to the job's end.
CREATE TABLE step_mutex (
    name text PRIMARY KEY,
    job_id bigint NOT NULL
);
CREATE INDEX step_mutex_job ON step_mutex (job_id);
