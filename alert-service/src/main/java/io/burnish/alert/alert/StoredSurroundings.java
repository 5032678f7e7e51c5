package io.burnish.alert.alert;

import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the rules ask of other objects, answered from the projection of facts. */
final class StoredSurroundings implements AlertRules.Surroundings {

    private final Tx tx;
    private final Map<Long, String> labels = new HashMap<>();

    StoredSurroundings(Tx tx) {
        this.tx = tx;
    }

    @Override
    public String hostLabel(long hostId) {
        return labels.computeIfAbsent(hostId, id -> tx.first(
                        "SELECT label FROM neighbour WHERE ref = $1",
                        ObjectRef.host(id).toString())
                .map(row -> row.getString(0))
                .orElse("host " + id));
    }

    @Override
    public List<String> dependentsOfHost(long hostId) {
        List<String> uris = new ArrayList<>();
        for (Row row : tx.query("""
                SELECT '/api/target/' || n.id || '/', (n.fact ->> 'filesystemId')::bigint FROM neighbour n
                WHERE n.type = 'target' AND NOT n.gone
                    AND n.fact -> 'mounts' @> jsonb_build_array(jsonb_build_object('hostId', $1::bigint))
                ORDER BY n.id""", hostId)) {
            uris.add(row.getString(0));
            if (row.getLong(1) != null) {
                uris.add(ObjectRef.filesystem(row.getLong(1)).uri());
            }
        }
        return uris;
    }

    @Override
    public List<String> filesystemsOf(TargetFact target) {
        if (target.kind() != TargetKind.MGT) {
            return target.filesystemId() == null
                    ? List.of()
                    : List.of(ObjectRef.filesystem(target.filesystemId()).uri());
        }
        List<String> uris = new ArrayList<>();
        for (Row row : tx.query("""
                SELECT id FROM neighbour WHERE type = 'filesystem' AND NOT gone AND (fact ->> 'mgtId')::bigint = $1
                ORDER BY id""", target.id())) {
            uris.add(ObjectRef.filesystem(row.getLong(0)).uri());
        }
        return uris;
    }
}
