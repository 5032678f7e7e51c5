-- Secrets with which servers register themselves (API contract, core 2.13). Tokens of a deployment name their server.
CREATE TABLE registration_token (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    secret text NOT NULL UNIQUE,
    expiry timestamptz NOT NULL,
    credits integer NOT NULL CHECK (credits >= 0),
    cancelled boolean NOT NULL DEFAULT false,
    profile text NOT NULL,
    host_id bigint,
    command_id bigint,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX registration_token_host ON registration_token (host_id) WHERE host_id IS NOT NULL;

-- Servers whose command is being asked for (ADR 5): the row goes when the server is confirmed or discarded.
-- key: of the command. taken: the server existed before and is not discarded. token_id: whose credit comes back if it is discarded.
-- registration: of the server that asks, for the case that it asks again.
CREATE TABLE host_creation (
    key text PRIMARY KEY,
    host_id bigint NOT NULL,
    taken boolean NOT NULL,
    token_id bigint,
    registration text,
    request jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX host_creation_registration ON host_creation (registration);

-- Answered registrations, so that a repeated request gets the same answer. id: digest of secret, name and public key.
CREATE TABLE registration (
    id text PRIMARY KEY,
    host_id bigint NOT NULL,
    command_id bigint,
    serial text NOT NULL REFERENCES agent_certificate,
    certificate text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
