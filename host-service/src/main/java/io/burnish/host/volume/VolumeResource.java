package io.burnish.host.volume;

import io.burnish.host.device.ResourceClass;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Relations;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Table;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Parameters;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Access;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code /api/volume/} (API contract, storage 5). */
@ApplicationScoped
public class VolumeResource implements ApiResource {

    private static final String NODES = """
        (SELECT coalesce(array_agg(n.id ORDER BY n.id), '{}') FROM volume_node n WHERE n.volume_id = v.id AND n.not_deleted)\
        """;
    /** API contract, storage 27.3. */
    private static final String STATUS = """
        (SELECT CASE WHEN count(*) = 1 THEN 'configured-noha'
            WHEN NOT coalesce(bool_or(n.is_primary), false) THEN 'unconfigured'
            WHEN bool_or(n.in_use AND NOT n.is_primary) THEN 'configured-ha' ELSE 'configured-noha' END
        FROM volume_node n WHERE n.volume_id = v.id AND n.not_deleted)\
        """;
    /** Of the devices, not of the volume: one that was removed and found again is another volume at a path that is in use. */
    static final String USED = """
        EXISTS (SELECT 1 FROM volume_node n JOIN volume_node m ON m.host_id = n.host_id AND m.path = n.path
            JOIN target_mount t ON t.volume_node_id = m.id WHERE n.volume_id = v.id AND n.not_deleted)\
        """;

    private static final String UNUSED = "v.usable_for_lustre AND NOT " + USED;
    private static final String USABLE = UNUSED + """
        AND (SELECT count(*) = 1 OR coalesce(bool_or(n.is_primary), false) FROM volume_node n
           JOIN host h ON h.id = n.host_id AND h.not_deleted WHERE n.volume_id = v.id AND n.not_deleted)\
        """;
    private static final String ON_HOST =
            "EXISTS (SELECT 1 FROM volume_node n WHERE n.volume_id = v.id AND n.not_deleted AND n.host_id = ?";

    private static final Wire SERVERS = Wire.takes(Shape.object()
                    .with(
                            "nodes",
                            Shape.list(Shape.object()
                                    .with("id", Shape.integer())
                                    .with("primary", Shape.bool())
                                    .with("use", Shape.bool()))))
            .gives(200, Shape.of("volume"));

    private final Resource resource;

    VolumeResource(Relations relations, Instance<VolumeChoice> choice) {
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
                        Field.toOne(
                                        "storage_resource",
                                        "v.storage_resource_id",
                                        "storage_resource",
                                        relations.to("storage_resource"))
                                .orNull(),
                        Field.toMany("volume_nodes", NODES, "volume_node", relations.to("volume_node"))
                                .full())
                .parameter("category", (value, all) -> category(value))
                .parameter("host_id", VolumeResource::onHost)
                .parameter("primary", (value, all) -> Predicate.TRUE)
                .parameter("filesystem_id", (value, all) -> Predicate.of("""
                    EXISTS (SELECT 1 FROM target_mount t WHERE t.volume_id = v.id AND (t.filesystem_id = ? OR t.target_id =
                        (SELECT (f.fact ->> 'mgtId')::bigint FROM neighbour f WHERE f.ref = 'filesystem:' || ?)))\
                    """, number(value), value))
                .listable(Access.READ)
                .readable(Access.READ)
                .onDetail(
                        HttpMethod.PUT,
                        Access.FSADMIN,
                        "Choose primary and failover server",
                        SERVERS,
                        call -> choice.get().put(call))
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

    private static Predicate onHost(String value, Parameters all) {
        Optional<String> primary = all.last("primary").filter(text -> !text.isEmpty());
        return primary.isEmpty()
                ? Predicate.of(ON_HOST + ")", number(value))
                : Predicate.of(ON_HOST + " AND n.is_primary = ?)", number(value), flag(primary.get()));
    }

    private static boolean flag(String text) {
        return !Set.of("0", "false").contains(text.toLowerCase(Locale.ROOT));
    }

    private static long number(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw ApiError.badQuery("Invalid resource lookup data provided (mismatched type).");
        }
    }
}
