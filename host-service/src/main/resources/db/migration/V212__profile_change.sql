-- Profiles that are recorded while it is not known yet whether there is a command that sets the server up by them.
CREATE TABLE profile_change (
    host_id bigint PRIMARY KEY REFERENCES host,
    key text NOT NULL UNIQUE,
    former text NOT NULL,
    profile text NOT NULL,
    request jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Servers that a job has given a profile, and that shall go to its initial state: until the command exists.
CREATE TABLE initial_state_wish (
    host_id bigint PRIMARY KEY REFERENCES host,
    key text NOT NULL UNIQUE,
    state text NOT NULL,
    actor text NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    next_try_at timestamptz NOT NULL DEFAULT now()
);
