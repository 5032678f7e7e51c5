package io.burnish.host.report;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.host.configuration.ConfigurationStore;
import io.burnish.kit.facts.NeighbourListener;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/**
 * States that agents see (orchestration 10.2). While a job holds the object the newest is kept, and looked at again when the object is
 * free: the job knows better what it is doing, but nothing that was seen is lost.
 */
@ApplicationScoped
class ObservedState implements NeighbourListener {

    private final ConfigurationStore configurations;

    ObservedState(ConfigurationStore configurations) {
        this.configurations = configurations;
    }

    /** An agent has seen an object in a state, when it looked at that time. What was seen before the state was set says nothing. */
    void seen(Tx tx, ObjectRef ref, String state, Instant seenAt) {
        OffsetDateTime time = seenAt.atOffset(ZoneOffset.UTC);
        Optional<String> present = configurations.lockState(tx, ref);
        if (present.isEmpty() || present.get().equals(state) || present.get().equals("unconfigured")) {
            tx.update("DELETE FROM kept_observation WHERE ref = $1", ref.toString());
        } else if (configurations.unchangedSince(tx, ref, time)) {
            count(tx, ref, state, time);
        }
    }

    private void count(Tx tx, ObjectRef ref, String state, OffsetDateTime seenAt) {
        if (locked(tx, ref)) {
            tx.update("""
                    INSERT INTO kept_observation (ref, state, seen_at) VALUES ($1, $2, $3)
                    ON CONFLICT (ref) DO UPDATE SET state = excluded.state, seen_at = excluded.seen_at\
                    """, ref.toString(), state, seenAt);
        } else {
            configurations.changeState(tx, ref, state, true);
        }
    }

    @Override
    public void factsChanged(Tx tx, Set<ObjectRef> changed) {
        // only the release of locks matters here
    }

    /** What was kept counts now, unless a job has changed the state since it was seen. */
    @Override
    public void unlocked(Tx tx, Set<ObjectRef> objects) {
        for (ObjectRef ref : objects) {
            tx.first("DELETE FROM kept_observation WHERE ref = $1 RETURNING state, seen_at", ref.toString())
                    .ifPresent(kept -> seen(
                            tx,
                            ref,
                            kept.getString(0),
                            kept.getOffsetDateTime(1).toInstant()));
        }
    }

    private static boolean locked(Tx tx, ObjectRef ref) {
        return tx.first("SELECT 1 FROM neighbour_lock WHERE ref = $1 AND cardinality(write_jobs) > 0", ref.toString())
                .isPresent();
    }
}
