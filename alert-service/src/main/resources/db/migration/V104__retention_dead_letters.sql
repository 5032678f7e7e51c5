-- What is over is removed by its age, withdrawn alerts, which have no end, by their beginning.
CREATE INDEX alert_over ON alert (coalesce(end_at, begin_at)) WHERE active IS NULL;

-- Messages that services could not handle, as they told; what they say is kept by the services themselves.
CREATE TABLE unhandled_message (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    service text NOT NULL,
    -- of the service's row
    letter_id bigint NOT NULL,
    reader text NOT NULL,
    topic text NOT NULL,
    key text,
    error text NOT NULL,
    failed_at timestamptz NOT NULL DEFAULT now(),
    replayed_at timestamptz,
    UNIQUE (service, letter_id)
);
