-- storage servers :from to :to in pairs, set up and serving one file system: everything that the list of servers shows.
INSERT INTO host (version, state, immutable_state, address, fqdn, nodename, install_method, profile, boot_id, boot_time, properties,
    in_contact)
SELECT 1, 'managed', false, name || '.bench.example', name || '.bench.example', name, 'id_password_root', 'base_managed_rh7',
    gen_random_uuid()::text, date_trunc('second', now()) - make_interval(mins => number),
    '{"distro": "Rocky Linux", "zfs_installed": false, "distro_version": 8.1, "kernel_version": "4.18.0-553.el8_lustre.x86_64"}', true
FROM (SELECT number, 'oss' || to_char(number, 'FM00000') AS name FROM generate_series(:from, :to) AS number) AS numbered
ORDER BY number;

CREATE OR REPLACE TEMP VIEW fresh AS SELECT * FROM host WHERE id >= :from;

INSERT INTO lnet_configuration (version, state, host_id) SELECT 1, 'lnet_up', id FROM fresh ORDER BY id;
INSERT INTO pacemaker_configuration (version, state, host_id) SELECT 1, 'started', id FROM fresh ORDER BY id;
INSERT INTO ntp_configuration (version, state, host_id) SELECT 1, 'configured', id FROM fresh ORDER BY id;

INSERT INTO network_interface (host_id, name, inet4_address, inet4_prefix, type, state_up)
SELECT id, card.name, card.network || (id / 250) || '.' || (1 + id % 250), 16, card.type, true
FROM fresh, (VALUES ('eth0', 'tcp', '10.73.'), ('ib0', 'o2ib', '10.74.')) AS card (name, type, network)
ORDER BY id, card.name;

INSERT INTO nid (network_interface_id, lnet_configuration_id, lnd_type, lnd_network)
SELECT i.id, l.id, i.type, 0 FROM network_interface i JOIN lnet_configuration l ON l.host_id = i.host_id
    JOIN fresh ON fresh.id = i.host_id;

INSERT INTO corosync_configuration (version, state, host_id, corosync2, mcast_port, network_interfaces, corosync_reported_up)
SELECT 1, 'started', h.id, true, 4242 + (h.id / 2)::integer % 60000, array_agg(i.id ORDER BY i.id), true
FROM fresh h JOIN network_interface i ON i.host_id = h.id GROUP BY h.id ORDER BY h.id;

-- what the other services tell: a file system, two targets a server with their failover mounts, clients on every tenth server
INSERT INTO neighbour (ref, type, id, version, state, label, fact)
VALUES ('filesystem:1', 'filesystem', 1, 1, 'available', 'scratch',
    '{"type": "filesystem", "id": 1, "version": 1, "state": "available", "immutableState": false, "label": "scratch", "mgtId": 1}')
ON CONFLICT DO NOTHING;

INSERT INTO target_mount (target_id, mount_id, host_id, volume_id, volume_node_id, kind, filesystem_id)
SELECT target, 2 * target + role, CASE WHEN role = 0 THEN id WHEN id % 2 = 1 THEN id + 1 ELSE id - 1 END, target, 2 * target + role,
    'OST', 1
FROM fresh, generate_series(0, 1) AS role, LATERAL (SELECT 2 * id + part FROM generate_series(0, 1) AS part) AS own (target);

INSERT INTO neighbour (ref, type, id, version, state, label, fact)
SELECT 'client_mount:' || id, 'client_mount', id, 1, 'mounted', '/mnt/scratch',
    jsonb_build_object('type', 'client_mount', 'id', id, 'version', 1, 'state', 'mounted', 'immutableState', false,
        'label', '/mnt/scratch', 'hostId', id, 'filesystemId', 1, 'mountpoint', '/mnt/scratch')
FROM fresh WHERE id % 10 = 0;

-- the service's own facts, from which it computes what is offered for a server
INSERT INTO neighbour (ref, type, id, version, state, label, fact)
SELECT 'host:' || h.id, 'host', h.id, 1, h.state, h.fqdn,
    jsonb_build_object('type', 'host', 'id', h.id, 'version', 1, 'state', h.state, 'immutableState', false, 'address', h.address,
        'fqdn', h.fqdn, 'nodename', h.nodename, 'label', h.fqdn, 'installMethod', h.install_method, 'inContact', true,
        'offline', false, 'peers', '[]'::jsonb, 'outletPower', '[]'::jsonb,
        'profile', jsonb_build_object('name', p.name, 'uiName', p.ui_name, 'managed', p.managed, 'worker', p.worker,
            'initialState', p.initial_state, 'corosync', false, 'corosync2', true, 'pacemaker', true, 'ntp', true))
FROM fresh h JOIN server_profile p ON p.name = h.profile;

INSERT INTO neighbour (ref, type, id, version, state, label, fact)
SELECT c.type || ':' || c.id, c.type, c.id, 1, c.state, c.type, jsonb_build_object('type', c.type, 'id', c.id, 'version', 1,
    'state', c.state, 'immutableState', false, 'label', c.type, 'hostId', c.host_id) || c.more
FROM (SELECT 'lnet_configuration' AS type, id, state, host_id, '{"nids": []}'::jsonb AS more FROM lnet_configuration
    UNION ALL SELECT 'pacemaker_configuration', id, state, host_id, '{}' FROM pacemaker_configuration
    UNION ALL SELECT 'ntp_configuration', id, state, host_id, '{}' FROM ntp_configuration
    UNION ALL SELECT 'corosync_configuration', id, state, host_id,
        '{"corosync2": true, "mcastPort": 4242, "stonithDisabled": false}' FROM corosync_configuration) AS c
    JOIN fresh ON fresh.id = c.host_id;

ANALYZE;
