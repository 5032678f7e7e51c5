-- :servers servers with six OSTs each, as the metrics service knows them from facts; all in one file system
INSERT INTO neighbour (ref, type, id, version, state, label, fact)
SELECT 'host:' || id, 'host', id, 1, 'managed', 'oss' || id, jsonb_build_object('type', 'host', 'id', id, 'version', 1, 'state', 'managed',
    'fqdn', 'oss' || id || '.bench.example', 'label', 'oss' || id)
FROM generate_series(1, :servers) AS id;

INSERT INTO neighbour (ref, type, id, version, state, label, fact)
SELECT 'target:' || id, 'target', id, 1, 'mounted', 'bench-OST' || lpad(to_hex(id), 4, '0'),
    jsonb_build_object('type', 'target', 'id', id, 'version', 1, 'state', 'mounted', 'immutableState', false,
        'label', 'bench-OST' || lpad(to_hex(id), 4, '0'), 'kind', 'OST', 'index', id, 'filesystemId', 1, 'volumeId', id,
        'haLabel', 'bench-OST' || id, 'activeHostId', 1 + id / 6, 'confParamVersion', 0, 'confParamVersionApplied', 0,
        'mounts', jsonb_build_array(jsonb_build_object('id', id, 'hostId', 1 + id / 6, 'volumeNodeId', id, 'primary', true)))
FROM generate_series(0, 6 * :servers - 1) AS id;
