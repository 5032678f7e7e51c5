package io.burnish.target.observation;

import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.facts.NeighbourListener;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Tx;
import io.burnish.target.target.Target;
import io.burnish.target.target.TargetStore;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Gives targets the place at which their cluster was last seen to run them. A target that a job holds is left alone: what was seen of
 * it counts when the job has let go, unless it was seen before the job placed the target itself.
 */
@ApplicationScoped
class SeenPlacement implements NeighbourListener {

    private static final Set<String> CONFIGURED = Set.of("mounted", "unmounted");

    private final TargetStore targets;
    private final Neighbours neighbours;

    SeenPlacement(TargetStore targets, Neighbours neighbours) {
        this.targets = targets;
        this.neighbours = neighbours;
    }

    @Override
    public void factsChanged(Tx tx, Set<ObjectRef> changed) {
        // a neighbour's news says nothing about where a target runs
    }

    @Override
    public void unlocked(Tx tx, Set<ObjectRef> objects) {
        objects.stream().filter(ref -> ref.type() == ObjectType.TARGET).forEach(ref -> apply(tx, ref.id()));
    }

    /** Applies what was last seen of a target, if it counts now. */
    void apply(Tx tx, long id) {
        Optional<Target> found = targets.lock(tx, id)
                .filter(target -> target.visible() && !target.immutableState())
                .filter(target -> CONFIGURED.contains(target.state()));
        if (found.isEmpty() || held(tx, id)) {
            return;
        }
        Target target = found.get();
        Row seen = tx.one("SELECT seen_node, seen_at > placed_at FROM target WHERE id = $1", id);
        if (!Boolean.TRUE.equals(seen.getBoolean(1))) {
            return;
        }
        if (seen.getString(0) == null) {
            place(tx, target, null);
            return;
        }
        List<Long> servers = servers(tx, seen.getString(0));
        // of a node that nobody knows yet nothing follows; a known one without a mount cannot run the target
        // (orchestration 13.4)
        if (!servers.isEmpty()) {
            place(
                    tx,
                    target,
                    servers.stream()
                            .filter(host -> target.on(host).isPresent())
                            .findFirst()
                            .orElse(null));
        }
    }

    /** A job holds the target for writing. */
    private static boolean held(Tx tx, long target) {
        return tx.first(
                        "SELECT 1 FROM neighbour_lock WHERE ref = $1 AND cardinality(write_jobs) > 0",
                        ObjectRef.target(target).toString())
                .isPresent();
    }

    /** Node names need to be unique in a cluster only. */
    private List<Long> servers(Tx tx, String node) {
        return neighbours.all(tx, ObjectType.HOST, HostFact.class).stream()
                .filter(host -> host.nodename().equals(node) || host.fqdn().equals(node))
                .map(HostFact::id)
                .toList();
    }

    private void place(Tx tx, Target target, Long host) {
        Long active = target.active().map(Target.Mount::hostId).orElse(null);
        String state = host == null ? "unmounted" : "mounted";
        if (Objects.equals(active, host) && state.equals(target.state())) {
            return;
        }
        targets.seenOn(tx, target.id(), host, state);
    }
}
