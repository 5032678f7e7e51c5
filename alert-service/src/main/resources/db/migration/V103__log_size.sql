-- Number of log lines, and the highest id that was removed: neither has to be counted or searched for.
CREATE TABLE log_size (
    lines bigint NOT NULL,
    removed_to bigint NOT NULL
);
INSERT INTO log_size (lines, removed_to) SELECT count(*), coalesce(min(id), 1) - 1 FROM log_line;
