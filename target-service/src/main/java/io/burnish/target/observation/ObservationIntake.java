package io.burnish.target.observation;

import io.burnish.contracts.agent.Observation;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.burnish.target.target.TargetStore;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Where targets run, as clusters see it, and servers where there is only somebody to watch (orchestration 10). Agents report a view once, when it has changed: each is noted at its
 * targets, and {@link SeenPlacement} decides when it counts.
 */
@ApplicationScoped
public class ObservationIntake {

    private final Inbox inbox;
    private final SeenPlacement placement;
    private final TargetStore targets;

    ObservationIntake(Inbox inbox, SeenPlacement placement, TargetStore targets) {
        this.inbox = inbox;
        this.placement = placement;
        this.targets = targets;
    }

    /** Applies records of the observations topic. */
    public Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
        return inbox.consume("observations", records, Observation.class, this::observed);
    }

    private void observed(Tx tx, List<Received<Observation>> messages) {
        for (Received<Observation> message : messages) {
            switch (message.value()) {
                case Observation.ResourceLocations locations -> {
                    if (newer(tx, locations, "locations")) {
                        locations.nodes().forEach((label, node) -> note(tx, locations, label, node));
                    }
                }
                case Observation.LocalMounts mounts -> {
                    if (newer(tx, mounts, "mounts")) {
                        watch(tx, mounts);
                    }
                }
                case Observation.ClientMounts mounts -> {
                    // another service's
                }
            }
        }
    }

    /**
     * Watched targets run where they are mounted (orchestration 10.7): a server that has one mounted says so, and one on which it ran and
     * that has it no more says that it does not run.
     */
    private void watch(Tx tx, Observation.LocalMounts seen) {
        String[] uuids = seen.mounts().stream()
                .map(Observation.TargetMount::fsUuid)
                .filter(Objects::nonNull)
                .toArray(String[]::new);
        for (Row row : tx.query("""
                SELECT t.id, t.uuid = ANY($2) FROM target t JOIN target_mount m ON m.target_id = t.id AND m.host_id = $1
                WHERE t.not_deleted AND t.visible AND t.immutable_state
                    AND (t.uuid = ANY($2)) IS DISTINCT FROM (t.active_mount_id IS NOT DISTINCT FROM m.id)
                ORDER BY t.id\
                """, seen.hostId(), uuids)) {
            boolean mounted = Boolean.TRUE.equals(row.getBoolean(1));
            targets.seenOn(tx, row.getLong(0), mounted ? seen.hostId() : null, mounted ? "mounted" : "unmounted");
        }
    }

    private static boolean newer(Tx tx, Observation observation, String kind) {
        return tx.first("""
                        INSERT INTO observation_seen AS o (host_id, kind, agent_epoch, sequence) VALUES ($1, $2, $3, $4)
                        ON CONFLICT (host_id, kind) DO UPDATE SET agent_epoch = excluded.agent_epoch, sequence = excluded.sequence
                        WHERE o.agent_epoch <> excluded.agent_epoch OR o.sequence < excluded.sequence
                        RETURNING 1\
                        """, observation.hostId(), kind, observation.agentEpoch(), observation.sequence())
                .isPresent();
    }

    /** Views of one server have an order of their own; between servers the time at which they looked decides. */
    private void note(Tx tx, Observation.ResourceLocations seen, String haLabel, Observation.NodeName node) {
        for (Row row : tx.query(
                """
                UPDATE target SET seen_node = $2, seen_at = $3, seen_by = $4
                WHERE ha_label = $1 AND not_deleted AND visible AND (seen_at IS NULL OR seen_at <= $3 OR seen_by = $4)
                RETURNING id\
                """,
                haLabel,
                node == null ? null : node.name(),
                seen.seenAt().atOffset(ZoneOffset.UTC),
                seen.hostId())) {
            placement.apply(tx, row.getLong(0));
        }
    }
}
