package io.burnish.host.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.host.ha.PeerLinks;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.FormErrors;
import io.burnish.kit.api.Reply;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code PUT /api/volume/<id>/}: which servers carry a volume (API contract, storage 5.3). Nodes that are not listed lose their role; those of
 * other volumes do not count.
 */
@ApplicationScoped
class VolumeChoice {

    private static final String NODES = "nodes";
    private static final String IN_USE = "SELECT 1 FROM volume v WHERE v.id = $1 AND (" + VolumeResource.USED
            + " OR EXISTS (SELECT 1 FROM target_mount t WHERE t.volume_id = v.id))";

    private final Database database;
    private final VolumeServers volumes;

    VolumeChoice(Database database, VolumeServers volumes) {
        this.database = database;
        this.volumes = volumes;
    }

    private record Wish(long nodeId, boolean primary, boolean use) {}

    /** The volume as it is then. */
    Reply put(Call call) {
        long id = call.numericId();
        JsonNode nodes =
                call.body().has(NODES) ? call.body().get(NODES) : call.body().path("volume_nodes");
        database.run(tx -> {
            String label = tx.first("SELECT label FROM volume WHERE id = $1 AND not_deleted FOR UPDATE", id)
                    .map(row -> row.getString(0))
                    .orElseThrow(ApiError::notFoundJson);
            requireFree(tx, id, call.body().get("id"));
            List<Wish> wishes = wishes(nodes);
            requireCluster(tx, id, label, wishes);
            apply(tx, id, wishes);
            volumes.publish(tx, id);
        });
        return Reply.stored(id);
    }

    private static void requireFree(Tx tx, long id, JsonNode named) {
        FormErrors errors = new FormErrors();
        if (named != null && !named.asText().equals(Long.toString(id))) {
            errors.add("id", "Must be %d, as the URL says".formatted(id));
        } else if (tx.first(IN_USE, id).isPresent()) {
            errors.add("id", "Volume %d is in use!".formatted(id));
        }
        errors.refuseIfAny();
    }

    private static List<Wish> wishes(JsonNode nodes) {
        if (!nodes.isArray()) {
            throw ApiError.field(NODES, "This field is mandatory");
        }
        List<Wish> wishes = new ArrayList<>();
        for (JsonNode node : nodes) {
            JsonNode primary = node.path("primary");
            JsonNode use = node.path("use");
            if (!node.path("id").canConvertToLong() || !primary.isBoolean() || !use.isBoolean()) {
                throw ApiError.field(NODES, "Each node needs id, primary and use");
            }
            wishes.add(new Wish(node.path("id").asLong(), primary.asBoolean(), use.asBoolean()));
        }
        if (wishes.stream().filter(Wish::primary).count() > 1) {
            throw ApiError.field(NODES, "Only one node can be primary");
        }
        return wishes;
    }

    /** Several servers can carry a volume only if they can take over each other's targets; one alone always can. */
    private static void requireCluster(Tx tx, long id, String label, List<Wish> wishes) {
        Map<Long, String> servers = new HashMap<>();
        for (Row row : tx.query("""
            SELECT h.id, h.fqdn FROM volume_node n JOIN host h ON h.id = n.host_id
            WHERE n.volume_id = $1 AND n.not_deleted AND n.id = ANY ($2)\
            """, id, wishes.stream().map(Wish::nodeId).toArray(Long[]::new))) {
            servers.put(row.getLong(0), row.getString(1));
        }
        if (!PeerLinks.clusters(tx).together(servers.keySet())) {
            throw ApiError.field(
                    NODES,
                    "Attempt to set primary/secondary VolumeNodes across HA clusters for Volume %d:%s: the servers %s are not all in one HA cluster"
                            .formatted(id, label, sorted(servers.values())));
        }
    }

    private static String sorted(Iterable<String> names) {
        Set<String> sorted = new TreeSet<>();
        names.forEach(sorted::add);
        return String.join(", ", sorted);
    }

    private static void apply(Tx tx, long id, List<Wish> wishes) {
        tx.update("UPDATE volume_node SET is_primary = false, in_use = false WHERE volume_id = $1", id);
        wishes.forEach(wish -> tx.update(
                "UPDATE volume_node SET is_primary = $3, in_use = $4 WHERE id = $1 AND volume_id = $2 AND not_deleted",
                wish.nodeId(),
                id,
                wish.primary(),
                wish.use()));
    }
}
