package io.burnish.metrics.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.query.ListQuery;
import io.burnish.kit.api.query.Parameters;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.sql.Database;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Selects objects among what is known of the neighbours' (table {@code neighbour n}). Blocks. */
@ApplicationScoped
class KnownObjects {

    /** Attributes of the reference's objects whose name on the wire is another. */
    private static final Map<String, String> ON_THE_WIRE =
            Map.of("primary_host", "primary_server", "volume_id", "volume", "mgs", "mgt");

    private final Database database;

    KnownObjects(Database database) {
        this.database = database;
    }

    /** An object, and the value of the attribute by which a request groups. */
    record Known(ObjectRef ref, Optional<String> group) {}

    /**
     * The objects that a list request selects, ascending by id.
     *
     * @param parameters of the resource that are no fields
     * @param groupBy {@code null}: none
     */
    List<Known> matching(
            Resource resource, Map<String, Resource.ListParameter> listParameters, Parameters request, String groupBy) {
        Predicate filter =
                ListQuery.of(resource, listParameters, request, "n.id").predicate();
        return select(ObjectType.ofResource(resource.name()), filter, groupBy);
    }

    /** The object with that id. */
    Optional<Known> one(ObjectType type, long id) {
        return select(type, Predicate.of("n.id = ?", id), null).stream().findFirst();
    }

    /** All objects of a type, ascending by id. */
    List<Known> all(ObjectType type) {
        return select(type, Predicate.TRUE, null);
    }

    private List<Known> select(ObjectType type, Predicate filter, String groupBy) {
        Tuple args = Tuple.of(type.resource(), groupBy == null ? null : ON_THE_WIRE.getOrDefault(groupBy, groupBy));
        String sql = "SELECT n.id, (n.wire -> $2::text)::text FROM neighbour n WHERE n.type = $1 AND NOT n.gone AND "
                + filter.numbered(args.size() + 1) + " ORDER BY n.id";
        filter.args().forEach(args::addValue);
        return StreamSupport.stream(Database.await(database.query(sql, args)).spliterator(), false)
                .map(row -> new Known(new ObjectRef(type, row.getLong(0)), group(row)))
                .toList();
    }

    private static Optional<String> group(Row row) {
        String value = row.getString(1);
        return value == null ? Optional.empty() : GroupKey.of(ContractJson.read(value, JsonNode.class));
    }
}
