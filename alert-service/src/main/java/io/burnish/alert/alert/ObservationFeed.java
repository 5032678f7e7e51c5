package io.burnish.alert.alert;

import io.burnish.alert.rule.TargetRules;
import io.burnish.alert.rule.Verdict;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.Observation;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Mounted targets as servers see them become alerts about recovery. */
@ApplicationScoped
public class ObservationFeed {

    private final Inbox inbox;
    private final AlertStore alerts;

    ObservationFeed(Inbox inbox, AlertStore alerts) {
        this.inbox = inbox;
        this.alerts = alerts;
    }

    @Incoming("observations")
    Uni<Void> observations(ConsumerRecords<String, byte[]> records) {
        return inbox.consume("observations", records, Observation.class, this::observed);
    }

    /** @param status {@code null} where the target has none */
    private record Seen(long hostId, String status) {}

    private void observed(Tx tx, List<Received<Observation>> messages) {
        Map<String, Seen> seen = new LinkedHashMap<>();
        for (Received<Observation> message : messages) {
            if (message.value() instanceof Observation.LocalMounts mounts && newer(tx, mounts)) {
                mounts.mounts()
                        .forEach(mount -> seen.put(
                                mount.fsUuid(),
                                new Seen(mounts.hostId(), mount.recoveryStatus().get("status"))));
            }
        }
        if (!seen.isEmpty()) {
            recovery(tx, seen);
        }
    }

    /** An observation of an earlier life of the agent, or an older one of this life, says nothing any more. */
    private static boolean newer(Tx tx, Observation observation) {
        return tx.first("""
                        INSERT INTO observation_seen AS o (host_id, agent_epoch, sequence) VALUES ($1, $2, $3)
                        ON CONFLICT (host_id) DO UPDATE SET agent_epoch = excluded.agent_epoch, sequence = excluded.sequence
                        WHERE o.agent_epoch <> excluded.agent_epoch OR o.sequence < excluded.sequence
                        RETURNING 1""", observation.hostId(), observation.agentEpoch(), observation.sequence())
                .isPresent();
    }

    /** The targets' rows are locked: a fact that says the target is down is judged before or after, never at the same time. */
    private void recovery(Tx tx, Map<String, Seen> seen) {
        Map<TargetFact, Seen> targets = new LinkedHashMap<>();
        for (Row row : tx.query("""
                SELECT fact::text, wire ->> 'uuid' FROM neighbour
                WHERE type = 'target' AND NOT gone AND wire ->> 'uuid' = ANY ($1) ORDER BY ref FOR NO KEY UPDATE""", (Object) seen.keySet().toArray(String[]::new))) {
            targets.put((TargetFact) ContractJson.read(row.getString(0), Fact.class), seen.get(row.getString(1)));
        }
        StoredSurroundings surroundings = StoredSurroundings.of(tx, targets.keySet());
        List<Verdict> verdicts = new ArrayList<>();
        targets.forEach((target, one) -> {
            Verdict verdict = TargetRules.recovery(target, one.status(), surroundings);
            // a report that is ahead of the target's fact, or behind it, comes again
            if (verdict instanceof Verdict.Lower || Long.valueOf(one.hostId()).equals(target.activeHostId())) {
                verdicts.add(verdict);
            }
        });
        alerts.apply(tx, verdicts);
    }
}
