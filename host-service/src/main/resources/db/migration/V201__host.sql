-- Servers. A removed server keeps its row with not_deleted null, so that names can be used again and history still resolves.
-- Provisional: its command is being asked for; it is in no list, fact or plan, but its name is taken (ADR 5).
CREATE TABLE host (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL DEFAULT 0,
    state text NOT NULL,
    state_modified_at timestamptz NOT NULL DEFAULT now(),
    immutable_state boolean NOT NULL,
    not_deleted boolean DEFAULT true CHECK (not_deleted),
    provisional boolean NOT NULL DEFAULT false,
    address text NOT NULL,
    fqdn text NOT NULL,
    nodename text NOT NULL,
    install_method text NOT NULL,
    profile text NOT NULL REFERENCES server_profile,
    boot_id text,
    boot_time timestamptz,
    properties jsonb NOT NULL DEFAULT '{}',
    needs_update boolean NOT NULL DEFAULT false,
    in_contact boolean NOT NULL DEFAULT false,
    offline boolean NOT NULL DEFAULT false,
    peers bigint[] NOT NULL DEFAULT '{}',
    UNIQUE (address, not_deleted),
    UNIQUE (fqdn, not_deleted)
);

CREATE TABLE lnet_configuration (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'unconfigured',
    state_modified_at timestamptz NOT NULL DEFAULT now(),
    immutable_state boolean NOT NULL DEFAULT false,
    not_deleted boolean DEFAULT true CHECK (not_deleted),
    host_id bigint NOT NULL REFERENCES host,
    UNIQUE (host_id, not_deleted)
);

CREATE TABLE network_interface (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    host_id bigint NOT NULL REFERENCES host,
    name text NOT NULL,
    inet4_address text NOT NULL,
    inet4_prefix integer NOT NULL,
    type text NOT NULL,
    state_up boolean NOT NULL,
    UNIQUE (host_id, name)
);

-- The NID of an interface: at most one.
CREATE TABLE nid (
    network_interface_id bigint PRIMARY KEY REFERENCES network_interface ON DELETE CASCADE,
    lnet_configuration_id bigint NOT NULL REFERENCES lnet_configuration,
    lnd_type text,
    lnd_network integer
);
CREATE INDEX nid_lnet ON nid (lnet_configuration_id);

-- generation: CorosyncConfiguration (EL 6) or Corosync2Configuration (pcs).
CREATE TABLE corosync_configuration (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'unconfigured',
    state_modified_at timestamptz NOT NULL DEFAULT now(),
    immutable_state boolean NOT NULL DEFAULT false,
    not_deleted boolean DEFAULT true CHECK (not_deleted),
    host_id bigint NOT NULL REFERENCES host,
    corosync2 boolean NOT NULL,
    mcast_port integer,
    network_interfaces bigint[] NOT NULL DEFAULT '{}',
    corosync_reported_up boolean NOT NULL DEFAULT false,
    stonith_disabled boolean NOT NULL DEFAULT false,
    UNIQUE (host_id, not_deleted)
);
CREATE INDEX corosync_port ON corosync_configuration (mcast_port) WHERE not_deleted;

CREATE TABLE pacemaker_configuration (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'unconfigured',
    state_modified_at timestamptz NOT NULL DEFAULT now(),
    immutable_state boolean NOT NULL DEFAULT false,
    not_deleted boolean DEFAULT true CHECK (not_deleted),
    host_id bigint NOT NULL REFERENCES host,
    UNIQUE (host_id, not_deleted)
);

CREATE TABLE ntp_configuration (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version bigint NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'unconfigured',
    state_modified_at timestamptz NOT NULL DEFAULT now(),
    immutable_state boolean NOT NULL DEFAULT false,
    not_deleted boolean DEFAULT true CHECK (not_deleted),
    host_id bigint NOT NULL REFERENCES host,
    UNIQUE (host_id, not_deleted)
);

-- States that were seen while a job held the object; looked at again when the object is free. The newest of each object.
CREATE TABLE kept_observation (
    ref text PRIMARY KEY,
    state text NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now()
);

-- Which servers can run which targets: a projection of the targets' facts, one row per mount of a live target.
CREATE TABLE target_mount (
    target_id bigint NOT NULL,
    mount_id bigint NOT NULL,
    host_id bigint NOT NULL,
    volume_id bigint NOT NULL,
    volume_node_id bigint NOT NULL,
    kind text NOT NULL,
    filesystem_id bigint,
    PRIMARY KEY (target_id, mount_id)
);
CREATE INDEX target_mount_host ON target_mount (host_id);
CREATE INDEX target_mount_volume ON target_mount (volume_id);
CREATE INDEX target_mount_node ON target_mount (volume_node_id);
CREATE INDEX target_mount_filesystem ON target_mount (filesystem_id);

-- What neighbours have on a server.
CREATE INDEX neighbour_host ON neighbour ((fact->>'hostId'), type) WHERE type IN ('client_mount', 'copytool') AND NOT gone;
CREATE INDEX neighbour_mgt ON neighbour ((fact->>'mgtId')) WHERE type = 'filesystem' AND NOT gone;

-- Versions of packages that a server has or could have.
CREATE TABLE package_version (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    epoch integer NOT NULL,
    version text NOT NULL,
    release text NOT NULL,
    arch text NOT NULL,
    UNIQUE (name, epoch, version, release, arch)
);
CREATE TABLE host_package (
    host_id bigint NOT NULL REFERENCES host,
    package_version_id bigint NOT NULL REFERENCES package_version,
    installed boolean NOT NULL,
    available boolean NOT NULL,
    PRIMARY KEY (host_id, package_version_id)
);
CREATE INDEX host_package_version ON host_package (package_version_id);
