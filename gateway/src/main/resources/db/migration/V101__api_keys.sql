-- API keys. Of the secret only its SHA-256 is here: it is random and longer than anybody can try, so a slow hash would add nothing.
CREATE TABLE api_key (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    name text NOT NULL,
    secret_hash bytea NOT NULL UNIQUE,
    -- 1 filesystem_users, 2 filesystem_administrators, 3 superusers; never more than the account has at the time of use
    level integer NOT NULL CHECK (level BETWEEN 1 AND 3),
    -- the key that it was made with: it has no more rights, lives no longer, and is revoked with it
    parent_id bigint REFERENCES api_key ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    -- to the minute
    last_used_at timestamptz,
    UNIQUE (account_id, name)
);
CREATE INDEX api_key_parent ON api_key (parent_id);
CREATE INDEX api_key_expiry ON api_key (expires_at);

-- The key that an attempt was made with; null: a session, or nobody.
ALTER TABLE audit ADD COLUMN api_key text;
