ALTER TABLE filesystem
    -- configuration parameters that are set, name to value
    ADD COLUMN conf_params jsonb NOT NULL DEFAULT '{}';

-- Figures as the metrics service last told them; null: not measured.
CREATE TABLE filesystem_usage (
    filesystem_id bigint PRIMARY KEY,
    version bigint NOT NULL,
    bytes_total float8,
    bytes_free float8,
    files_total float8,
    files_free float8,
    client_count float8
);
