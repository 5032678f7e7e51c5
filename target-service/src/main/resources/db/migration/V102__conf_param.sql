-- Configuration parameters that were recorded for an MGS. A parameter's newest entry counts; the others are its history.
CREATE TABLE conf_param (
    mgt_id bigint NOT NULL REFERENCES target,
    -- what it is set on: filesystem:1, target:3
    subject text NOT NULL,
    -- the subject's name in Lustre, which comes before the parameter's own
    prefix text NOT NULL,
    name text NOT NULL,
    -- of the MGS at which it was recorded
    version integer NOT NULL,
    -- null: unset
    value text,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    -- the MGS has it
    applied boolean NOT NULL DEFAULT false,
    newest boolean NOT NULL DEFAULT true,
    target_id bigint GENERATED ALWAYS AS (CASE WHEN subject LIKE 'target:%' THEN substr(subject, 8)::bigint END) STORED,
    filesystem_id bigint GENERATED ALWAYS AS (CASE WHEN subject LIKE 'filesystem:%' THEN substr(subject, 12)::bigint END) STORED,
    PRIMARY KEY (mgt_id, subject, name, version)
);
CREATE UNIQUE INDEX conf_param_newest ON conf_param (subject, name) WHERE newest;
CREATE INDEX conf_param_pending ON conf_param (mgt_id) WHERE newest AND NOT applied;
-- What Lustre takes now: a parameter of a target that has registered, and one of a file system whose first MDT has.
CREATE VIEW conf_param_applicable AS
    SELECT c.* FROM conf_param c WHERE c.newest AND NOT c.applied AND (
        EXISTS (SELECT 1 FROM target t WHERE t.id = c.target_id AND t.not_deleted AND t.state NOT IN ('unformatted', 'formatted'))
        OR EXISTS (SELECT 1 FROM target t WHERE t.filesystem_id = c.filesystem_id AND t.not_deleted
            AND t.kind = 'MDT' AND t.target_index = 0 AND t.state NOT IN ('unformatted', 'formatted')));
ALTER TABLE target
    -- of an MGT: newest version recorded, and the one up to which everything is applied
    ADD COLUMN conf_param_version integer NOT NULL DEFAULT 0,
    ADD COLUMN conf_param_version_applied integer NOT NULL DEFAULT 0;
