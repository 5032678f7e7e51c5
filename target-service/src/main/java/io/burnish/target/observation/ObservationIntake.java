package io.burnish.target.observation;

import io.burnish.contracts.agent.Observation;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Where targets run, as clusters see it (orchestration 10). Agents report a view once, when it has changed: each is noted at its
 * targets, and {@link SeenPlacement} decides when it counts.
 */
@ApplicationScoped
public class ObservationIntake {

    private final Inbox inbox;
    private final SeenPlacement placement;

    ObservationIntake(Inbox inbox, SeenPlacement placement) {
        this.inbox = inbox;
        this.placement = placement;
    }

    /** Applies records of the observations topic. */
    public Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
        return inbox.consume("observations", records, Observation.class, this::observed);
    }

    private void observed(Tx tx, List<Received<Observation>> messages) {
        for (Received<Observation> message : messages) {
            if (message.value() instanceof Observation.ResourceLocations locations && newer(tx, locations)) {
                locations.nodes().forEach((label, node) -> note(tx, label, node, locations.receivedAt()));
            }
        }
    }

    private static boolean newer(Tx tx, Observation observation) {
        return tx.first("""
                        INSERT INTO observation_seen AS o (host_id, kind, agent_epoch, sequence) VALUES ($1, $2, $3, $4)
                        ON CONFLICT (host_id, kind) DO UPDATE SET agent_epoch = excluded.agent_epoch, sequence = excluded.sequence
                        WHERE o.agent_epoch <> excluded.agent_epoch OR o.sequence < excluded.sequence
                        RETURNING 1""", observation.hostId(), "locations", observation.agentEpoch(), observation.sequence())
                .isPresent();
    }

    private void note(Tx tx, String haLabel, Observation.NodeName node, Instant receivedAt) {
        for (Row row : tx.query("""
                UPDATE target SET seen_node = $2, seen_at = $3
                WHERE ha_label = $1 AND not_deleted AND visible AND (seen_at IS NULL OR seen_at <= $3)
                RETURNING id""", haLabel, node == null ? null : node.name(), receivedAt.atOffset(ZoneOffset.UTC))) {
            placement.apply(tx, row.getLong(0));
        }
    }
}
