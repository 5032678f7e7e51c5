-- When a job began to run: how long jobs of a class take is told from it.
ALTER TABLE job ADD COLUMN started_at timestamptz;
CREATE INDEX job_duration ON job (class_name, id DESC)
    WHERE state = 'complete' AND NOT errored AND NOT cancelled AND started_at IS NOT NULL;
CREATE INDEX job_subject ON job (subject, id DESC);

-- Plans that were shown to somebody, as shown. One is carried out at most once.
CREATE TABLE plan (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    actor text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    request jsonb NOT NULL,
    message text NOT NULL,
    content jsonb NOT NULL,
    fingerprint text NOT NULL,
    command_id bigint REFERENCES command
);
