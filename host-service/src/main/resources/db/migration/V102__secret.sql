-- Secrets at rest: AES-256-GCM, nonce before ciphertext, bound to the id.
CREATE TABLE secret (
    id text PRIMARY KEY,
    owner text NOT NULL,
    sealed bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX secret_owner ON secret (owner);
