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

-- Servers whose command is being asked for (ADR 5): the row goes when the server is confirmed or discarded.
CREATE TABLE host_creation (
    key text PRIMARY KEY,
    host_id bigint NOT NULL,
    token_id bigint,
    created_at timestamptz NOT NULL DEFAULT now()
);
