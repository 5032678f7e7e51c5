package io.burnish.kit.facts;

import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.RelationLoader;
import io.burnish.kit.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Embeds objects of other services as their owners last served them; also removed ones, as long as somebody refers to them. */
@ApplicationScoped
public class NeighbourWires {

    private final Database database;

    NeighbourWires(Database database) {
        this.database = database;
    }

    /** The source of objects of a type, for relation fields. */
    public RelationLoader of(ObjectType type) {
        return (ids, context) -> load(type, ids);
    }

    private Future<Map<Object, String>> load(ObjectType type, Set<Object> ids) {
        Object numbers = ids.stream().map(id -> ((Number) id).longValue()).toArray(Long[]::new);
        return database.query(
                        "SELECT id, wire::text FROM neighbour WHERE type = $1 AND id = ANY($2) AND wire IS NOT NULL",
                        Tuple.of(type.resource(), numbers))
                .map(rows -> {
                    Map<Object, String> found = new HashMap<>();
                    for (Row row : rows) {
                        found.put(row.getLong(0), row.getString(1));
                    }
                    return found;
                });
    }
}
