package io.burnish.host.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.host.device.ResourceClass;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.RelationLoader;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.HashSet;
import java.util.Set;

/** {@code /api/volume/} (API contract, storage 5). */
@ApplicationScoped
public class VolumeResource implements ApiResource {

    private static final String NODES = """
            (SELECT coalesce(array_agg(n.id ORDER BY n.id), '{}') FROM volume_node n WHERE n.volume_id = v.id AND n.not_deleted)""";
    private static final String STATUS = """
            (SELECT CASE WHEN count(*) = 1 AND bool_and(n.in_use) THEN 'configured-noha'
                WHEN count(*) FILTER (WHERE n.is_primary) = 1 AND count(*) FILTER (WHERE n.in_use AND NOT n.is_primary) > 0
                    THEN 'configured-ha'
                WHEN count(*) FILTER (WHERE n.is_primary) = 1 THEN 'configured-noha' ELSE 'unconfigured' END
            FROM volume_node n WHERE n.volume_id = v.id AND n.not_deleted)""";
    private static final String UNUSED = "NOT EXISTS (SELECT 1 FROM target_mount t WHERE t.volume_id = v.id)";
    private static final String USABLE = UNUSED + """
             AND v.usable_for_lustre AND (SELECT count(*) FROM volume_node n
                WHERE n.volume_id = v.id AND n.not_deleted AND n.is_primary) = 1""";

    private static final Wire SERVERS = Wire.takes(Shape.object()
                    .with(
                            "nodes",
                            Shape.list(Shape.object()
                                    .with("id", Shape.integer())
                                    .with("primary", Shape.bool())
                                    .with("use", Shape.bool()))))
            .gives(200, Shape.of("volume"));

    private final Resource resource;
    private final Database database;
    private final Instance<VolumeServers> volumes;

    VolumeResource(VolumeNodeResource nodes, Database database, Instance<VolumeServers> volumes) {
        this.database = database;
        this.volumes = volumes;
        resource = Resource.named("volume")
                .table(Table.of("volume v", "v.id", Predicate.of("v.not_deleted")))
                .fields(
                        Field.integer("id", "v.id").filter(Operator.EXACT).identifying(),
                        Field.text("label", "v.label")
                                .filter(Operator.EXACT, Operator.ENDSWITH)
                                .ordering(),
                        Field.text("kind", "v.class_name").mapped(name -> ResourceClass.of(name.toString())
                                .displayName()),
                        Field.bigInteger("size", "v.size").orNull().ordering(),
                        Field.text("filesystem_type", "v.filesystem_type").orNull(),
                        Field.bool("usable_for_lustre", "v.usable_for_lustre"),
                        Field.text("status", STATUS).orNull(),
                        Field.toOne("storage_resource", "v.storage_resource_id", "storage_resource", null)
                                .orNull(),
                        Field.toMany("volume_nodes", NODES, "volume_node", RelationLoader.of(nodes::resource))
                                .full())
                .parameter("category", (value, all) -> category(value))
                .parameter(
                        "host_id",
                        (value, all) -> Predicate.of(
                                "EXISTS (SELECT 1 FROM volume_node n WHERE n.volume_id = v.id AND n.not_deleted AND n.host_id::text = ?)",
                                value))
                .parameter("filesystem_id", (value, all) -> Predicate.of("""
                        EXISTS (SELECT 1 FROM target_mount t WHERE t.volume_id = v.id AND (t.filesystem_id::text = ? OR t.target_id::text =
                            (SELECT f.fact ->> 'mgtId' FROM neighbour f WHERE f.ref = 'filesystem:' || ?)))""", value, value))
                .listable(Access.READ)
                .readable(Access.READ)
                .onDetail(HttpMethod.PUT, Access.FSADMIN, "Choose primary and failover server", SERVERS, this::put)
                .build();
    }

    @Override
    public Resource resource() {
        return resource;
    }

    private static Predicate category(String value) {
        return switch (value) {
            case "unused" -> Predicate.of(UNUSED);
            case "usable" -> Predicate.of(USABLE);
            default -> throw ApiError.badQuery("category must be unused or usable");
        };
    }

    private Reply put(Call call) {
        long id = call.numericId();
        JsonNode nodes = call.body().has("nodes")
                ? call.body().get("nodes")
                : call.body().path("volume_nodes");
        if (!nodes.isArray()) {
            throw ApiError.field("nodes", "This field is mandatory");
        }
        database.run(tx -> choose(tx, id, nodes));
        return Reply.stored(id);
    }

    private void choose(Tx tx, long id, JsonNode nodes) {
        if (tx.first("SELECT 1 FROM volume WHERE id = $1 AND not_deleted FOR UPDATE", id)
                .isEmpty()) {
            throw ApiError.notFoundJson();
        }
        if (tx.first("SELECT 1 FROM target_mount WHERE volume_id = $1 LIMIT 1", id)
                .isPresent()) {
            throw ApiError.field("id", "Volume " + id + " is in use!");
        }
        Set<Long> primaries = new HashSet<>();
        tx.update("UPDATE volume_node SET is_primary = false, in_use = false WHERE volume_id = $1", id);
        for (JsonNode node : nodes) {
            if (node.path("primary").asBoolean()) {
                primaries.add(node.path("id").asLong());
            }
            tx.update(
                    "UPDATE volume_node SET is_primary = $3, in_use = $4 WHERE id = $1 AND volume_id = $2 AND not_deleted",
                    node.path("id").asLong(),
                    id,
                    node.path("primary").asBoolean(),
                    node.path("use").asBoolean());
        }
        if (primaries.size() > 1) {
            throw ApiError.field("nodes", "Only one node can be primary");
        }
        volumes.get().publish(tx, id);
    }
}
