-- All times are milliseconds since the epoch.

-- Samplings that are in no chunk yet: one row per object and time of sampling. The key is what makes a sampling that comes twice
-- count once.
CREATE TABLE recent_sampling (
    ref text NOT NULL,
    taken_at bigint NOT NULL,
    names text[] NOT NULL,
    -- 0 gauge, 1 counter, 2 derive
    types smallint[] NOT NULL,
    readings double precision[] NOT NULL,
    PRIMARY KEY (ref, taken_at)
);

CREATE TABLE series (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref text NOT NULL,
    name text NOT NULL,
    type smallint NOT NULL,
    UNIQUE (ref, name)
);

-- The points of a series in one window of one level, compressed. Rows are rewritten in place while their window fills up.
CREATE TABLE chunk (
    series_id bigint NOT NULL,
    -- 0: ten seconds, as sampled; 1: minute, 2: five minutes, 3: hour, 4: day
    level smallint NOT NULL,
    start_at bigint NOT NULL,
    points bytea NOT NULL,
    -- level 0: has points that the coarser levels lack
    unrolled boolean NOT NULL,
    PRIMARY KEY (series_id, level, start_at)
) WITH (fillfactor = 70);
ALTER TABLE chunk ALTER COLUMN points SET STORAGE EXTERNAL;
CREATE INDEX chunk_unrolled ON chunk (start_at) WHERE unrolled;
CREATE INDEX chunk_age ON chunk (level, start_at);

-- Samples name their target.
CREATE INDEX neighbour_target_label ON neighbour (label) WHERE type = 'target' AND NOT gone;
