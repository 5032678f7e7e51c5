package io.burnish.alert.alert;

import io.burnish.alert.type.AlertType;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.Observation;
import io.burnish.contracts.fact.CommandFact;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.facts.NeighbourListener;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Facts and observations become alerts in the transaction that stores them. */
@ApplicationScoped
public class FactFeed implements NeighbourListener {

    private final Neighbours neighbours;
    private final Inbox inbox;
    private final AlertStore alerts;

    FactFeed(Neighbours neighbours, Inbox inbox, AlertStore alerts) {
        this.neighbours = neighbours;
        this.inbox = inbox;
        this.alerts = alerts;
    }

    @Incoming("facts")
    Uni<Void> facts(ConsumerRecords<String, byte[]> records) {
        return neighbours.consumeFacts(records);
    }

    @Incoming("observations")
    Uni<Void> observations(ConsumerRecords<String, byte[]> records) {
        return inbox.consume("observations", records, Observation.class, this::observed);
    }

    @Override
    public void factsChanged(Tx tx, Set<ObjectRef> changed) {
        AlertRules rules = new AlertRules(new StoredSurroundings(tx));
        for (Row row :
                tx.query("""
                SELECT ref, gone, observed, fact::text AS fact, wire ->> 'boot_time' AS boot_time,
                    (wire ->> 'needs_update')::boolean AS needs_update
                FROM neighbour WHERE ref = ANY ($1) ORDER BY ref""", (Object) changed.stream().map(ObjectRef::toString).toArray(String[]::new))) {
            ObjectRef ref = ObjectRef.parse(row.getString("ref"));
            if (row.getBoolean("gone")) {
                alerts.withdrawAll(tx, ref);
                continue;
            }
            Fact fact = ContractJson.read(row.getString("fact"), Fact.class);
            if (fact instanceof CommandFact command) {
                alerts.command(tx, command);
            } else if (fact instanceof StatefulFact stateful) {
                rules.of(stateful, row.getBoolean("observed")).forEach(verdict -> alerts.apply(tx, verdict));
            }
            if (fact instanceof HostFact host) {
                rebooted(tx, host, row.getString("boot_time"));
                updates(tx, host, Boolean.TRUE.equals(row.getBoolean("needs_update")));
            }
        }
    }

    private void rebooted(Tx tx, HostFact host, String bootTime) {
        if (bootTime == null) {
            return;
        }
        boolean known = tx.first("SELECT 1 FROM host_boot WHERE host_id = $1", host.id())
                .isPresent();
        boolean changed = tx.first("""
                        INSERT INTO host_boot AS b (host_id, boot_time) VALUES ($1, $2)
                        ON CONFLICT (host_id) DO UPDATE SET boot_time = excluded.boot_time
                        WHERE b.boot_time <> excluded.boot_time RETURNING 1""", host.id(), bootTime).isPresent();
        if (known && changed) {
            alerts.event(
                    tx,
                    AlertType.HOST_REBOOT,
                    host.ref(),
                    host.label(),
                    host.label() + " restarted at " + bootTime,
                    AlertType.HOST_REBOOT.severity(),
                    "{\"boot_time\": \"" + bootTime + "\"}",
                    null);
        }
    }

    private void updates(Tx tx, HostFact host, boolean needed) {
        AlertType type = AlertType.UPDATES_AVAILABLE;
        alerts.apply(
                tx,
                needed
                        ? new Verdict.Raise(
                                type,
                                host.ref(),
                                host.label(),
                                "Updates are ready for server " + host.label(),
                                type.severity(),
                                List.of())
                        : new Verdict.Lower(type, host.ref(), null));
    }

    private void observed(Tx tx, List<Received<Observation>> messages) {
        AlertRules rules = new AlertRules(new StoredSurroundings(tx));
        for (Received<Observation> message : messages) {
            if (message.value() instanceof Observation.LocalMounts mounts && newer(tx, mounts)) {
                for (Observation.TargetMount mount : mounts.mounts()) {
                    recovery(tx, rules, mount);
                }
            }
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

    private void recovery(Tx tx, AlertRules rules, Observation.TargetMount mount) {
        tx.first("""
                        SELECT fact::text FROM neighbour
                        WHERE type = 'target' AND NOT gone AND wire ->> 'uuid' = $1""", mount.fsUuid())
                .map(row -> (TargetFact) ContractJson.read(row.getString(0), Fact.class))
                .ifPresent(target -> alerts.apply(
                        tx, rules.recovery(target, mount.recoveryStatus().get("status"))));
    }
}
