package io.burnish.target.observation;

import io.burnish.contracts.agent.Observation;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.burnish.target.target.Target;
import io.burnish.target.target.TargetStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Where targets run, as clusters and servers see it (orchestration 10). What a job is about to change is not touched: the job knows
 * better, and agents report again and again.
 */
@ApplicationScoped
public class ObservationIntake {

    private final Inbox inbox;
    private final TargetStore targets;
    private final Neighbours neighbours;

    ObservationIntake(Inbox inbox, TargetStore targets, Neighbours neighbours) {
        this.inbox = inbox;
        this.targets = targets;
        this.neighbours = neighbours;
    }

    /** Applies records of the observations topic. */
    public Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
        return inbox.consume("observations", records, Observation.class, this::observed);
    }

    private void observed(Tx tx, List<Received<Observation>> messages) {
        for (Received<Observation> message : messages) {
            if (message.value() instanceof Observation.ResourceLocations locations && newer(tx, locations)) {
                locations.nodes().forEach((label, node) -> located(tx, label, node));
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

    private void located(Tx tx, String haLabel, Observation.NodeName node) {
        for (Target found : targets.where(tx, "ha_label = $1 AND not_deleted AND visible", haLabel)) {
            Target target = targets.lock(tx, found.id()).orElse(null);
            if (target == null || !settled(target) || locked(tx, target)) {
                continue;
            }
            Optional<Long> host =
                    node == null || node.name() == null ? Optional.empty() : host(tx, target, node.name());
            apply(tx, target, host.orElse(null), node == null || node.name() == null);
        }
    }

    private static boolean settled(Target target) {
        return List.of("mounted", "unmounted").contains(target.state()) && !target.immutableState();
    }

    /** A job holds the target for writing. */
    private static boolean locked(Tx tx, Target target) {
        return tx.first(
                        "SELECT 1 FROM neighbour_lock WHERE ref = $1 AND cardinality(write_jobs) > 0",
                        "target:" + target.id())
                .isPresent();
    }

    private Optional<Long> host(Tx tx, Target target, String name) {
        Map<Long, HostFact> hosts = new java.util.HashMap<>();
        neighbours.all(tx, ObjectType.HOST, HostFact.class).forEach(host -> hosts.put(host.id(), host));
        return target.mounts().stream()
                .map(mount -> hosts.get(mount.hostId()))
                .filter(host -> host != null
                        && (host.nodename().equals(name) || host.fqdn().equals(name)))
                .map(HostFact::id)
                .findFirst();
    }

    private void apply(Tx tx, Target target, Long host, boolean stopped) {
        Long active = target.active().map(Target.Mount::hostId).orElse(null);
        if (host == null && !stopped || java.util.Objects.equals(active, host)) {
            return;
        }
        targets.activeOn(tx, target.id(), host);
        String state = host == null ? "unmounted" : "mounted";
        if (!state.equals(target.state())) {
            tx.update("UPDATE target SET state = $2, state_modified_at = now() WHERE id = $1", target.id(), state);
        }
        targets.changed(tx, target.id(), true);
    }
}
