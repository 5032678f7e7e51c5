-- The three factory groups (API contract, core 1.18). Their ids are part of the contract's samples.
CREATE TABLE account_group (
    id bigint PRIMARY KEY,
    name text NOT NULL UNIQUE
);
INSERT INTO account_group (id, name) VALUES
    (1, 'superusers'), (2, 'filesystem_administrators'), (3, 'filesystem_users');

CREATE TABLE account (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    username text NOT NULL UNIQUE,
    first_name text NOT NULL DEFAULT '',
    last_name text NOT NULL DEFAULT '',
    email text NOT NULL DEFAULT '',
    superuser boolean NOT NULL DEFAULT false,
    active boolean NOT NULL DEFAULT true,
    -- Argon2id in PHC form; null: nobody can log in with a password
    password_hash text,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE account_membership (
    account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    group_id bigint NOT NULL REFERENCES account_group,
    PRIMARY KEY (account_id, group_id)
);

-- Sessions of logged-in accounts; anonymous ones have nothing to remember. The key itself is known to the client alone.
CREATE TABLE login_session (
    key_hash bytea PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX login_session_account ON login_session (account_id);
CREATE INDEX login_session_expiry ON login_session (expires_at);

-- Failed log-ins by whom and from where; the subject is a hash, because people type passwords where the name belongs.
CREATE TABLE login_failure (
    subject text PRIMARY KEY,
    failures integer NOT NULL,
    last_at timestamptz NOT NULL,
    blocked_until timestamptz NOT NULL
);
CREATE INDEX login_failure_last ON login_failure (last_at);

-- Every attempt to change something. A row exists before anything is done; it has no status while the outcome is open, and stays so
-- if the gateway dies before it learns the outcome.
CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request uuid NOT NULL UNIQUE,
    at timestamptz NOT NULL,
    account_id bigint,
    username text NOT NULL,
    address text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    status integer,
    duration_ms bigint
);
CREATE INDEX audit_at ON audit (at);
