-- Who may connect: the certificates that were signed for servers. A serial is the hexadecimal number in lower case.
CREATE TABLE agent_certificate (
    serial text PRIMARY KEY,
    host_id bigint NOT NULL,
    fqdn text NOT NULL,
    revoked boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz
);
CREATE INDEX agent_certificate_host ON agent_certificate (host_id) WHERE NOT revoked;

-- Running instances of the hub; one that has not been seen for a while is dead, and its sessions with it.
CREATE TABLE hub_instance (
    id text PRIMARY KEY,
    started_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now()
);

-- The newest session of each server. Lost: instance is null since disconnected_at.
CREATE TABLE agent_session (
    host_id bigint PRIMARY KEY,
    session_id text NOT NULL,
    epoch text NOT NULL,
    boot_id text NOT NULL,
    boot_time timestamptz,
    agent_version text,
    instance text,
    in_contact boolean NOT NULL,
    connected_at timestamptz NOT NULL DEFAULT now(),
    disconnected_at timestamptz
);
CREATE INDEX agent_session_instance ON agent_session (instance) WHERE instance IS NOT NULL;
CREATE INDEX agent_session_losing ON agent_session (disconnected_at) WHERE instance IS NULL AND in_contact;

-- Actions for agents. session_id and cancel_session say to which session the action and its cancellation were handed last:
-- whatever is not handed to the server's present session is handed to it by the instance that holds it.
CREATE TABLE agent_action (
    id text PRIMARY KEY,
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    host_id bigint NOT NULL,
    reply_to text NOT NULL,
    job jsonb,
    body jsonb,
    state text NOT NULL CHECK (state IN ('pending', 'delivered', 'finished')),
    deadline_seconds integer NOT NULL,
    session_id text,
    delivered_at timestamptz,
    cancelled boolean NOT NULL DEFAULT false,
    cancel_session text,
    outcome_kind text,
    accepted_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
) WITH (fillfactor = 70);
CREATE INDEX agent_action_unfinished ON agent_action (host_id) WHERE state <> 'finished';
CREATE INDEX agent_action_pending ON agent_action (accepted_at) WHERE state = 'pending';
CREATE INDEX agent_action_finished ON agent_action (finished_at) WHERE state = 'finished';

-- How far the reports of each plug-in have been applied.
CREATE TABLE agent_report (
    host_id bigint NOT NULL,
    plugin text NOT NULL,
    epoch text NOT NULL,
    sequence bigint NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (host_id, plugin)
);
