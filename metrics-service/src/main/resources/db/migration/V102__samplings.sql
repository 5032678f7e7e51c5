-- Samplings in a form that nobody but the service reads: a row is written, moved and forgotten as a whole. What the earlier form holds was
-- taken within the last minute.
DROP TABLE recent_sampling;
CREATE TABLE recent_sampling (
    ref text COLLATE "C" NOT NULL,
    -- series of jobs change with the jobs and are asked for alone: they have a row of their own
    of_jobs boolean NOT NULL,
    taken_at bigint NOT NULL,
    -- types and names, separated by NUL
    series bytea NOT NULL,
    -- a float8 of each
    readings bytea NOT NULL,
    PRIMARY KEY (ref, of_jobs, taken_at)
);
