-- Keys that SSH servers showed at the first contact; another key later is refused. endpoint: host:port as given in the address.
CREATE TABLE ssh_host_key (
    endpoint text PRIMARY KEY,
    public_key text NOT NULL,
    first_seen timestamptz NOT NULL DEFAULT now()
);
