-- The figures of each file system as they were published last.
CREATE TABLE filesystem_usage (
    filesystem_id bigint PRIMARY KEY,
    version bigint NOT NULL,
    bytes_total double precision,
    bytes_free double precision,
    files_total double precision,
    files_free double precision,
    client_count double precision
);
