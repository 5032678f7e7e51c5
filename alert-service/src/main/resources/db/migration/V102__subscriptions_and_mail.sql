CREATE TABLE alert_subscription (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL,
    -- number of the class
    type_id bigint NOT NULL,
    version bigint NOT NULL DEFAULT 1
);
CREATE INDEX alert_subscription_user ON alert_subscription (user_id);
CREATE INDEX alert_subscription_type ON alert_subscription (type_id);

-- Mail to one user, about all alerts that were waiting for that user when it was put together.
CREATE TABLE mail (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    attempts integer NOT NULL DEFAULT 0,
    -- when it is tried next; while it is being tried, when somebody else may try
    due_at timestamptz NOT NULL DEFAULT now(),
    -- sent, or given up
    settled_at timestamptz,
    sent boolean,
    -- why the last attempt failed, or why there was none
    error text
);
CREATE INDEX mail_open ON mail (due_at) WHERE settled_at IS NULL;
CREATE INDEX mail_settled ON mail (settled_at) WHERE settled_at IS NOT NULL;

-- Which alerts are to be told to whom; written with the alert. One row per alert and user, so no alert is told twice.
CREATE TABLE mail_alert (
    alert_id bigint NOT NULL REFERENCES alert ON DELETE CASCADE,
    user_id bigint NOT NULL,
    queued_at timestamptz NOT NULL DEFAULT now(),
    -- null: waits to be put into a mail
    mail_id bigint REFERENCES mail ON DELETE CASCADE,
    PRIMARY KEY (alert_id, user_id)
);
CREATE INDEX mail_alert_waiting ON mail_alert (queued_at) WHERE mail_id IS NULL;
CREATE INDEX mail_alert_mail ON mail_alert (mail_id);
