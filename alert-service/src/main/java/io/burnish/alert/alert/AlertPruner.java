package io.burnish.alert.alert;

import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.RegularWork;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Removes alerts and events that were over long ago, in small transactions. Active ones stay, whatever their age: there is at most one per
 * object and type.
 */
@ApplicationScoped
class AlertPruner {

    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final int AT_ONCE = 1000;

    private final Database database;
    private final MeterRegistry meters;
    private final Duration keep;
    private final RegularWork work = new RegularWork("alert-pruner", PAUSE, this::prune);

    AlertPruner(Database database, MeterRegistry meters, @ConfigProperty(name = "burnish.alert.keep") Duration keep) {
        if (keep.isNegative() || keep.isZero()) {
            throw new IllegalArgumentException("burnish.alert.keep must be longer than nothing");
        }
        this.database = database;
        this.meters = meters;
        this.keep = keep;
    }

    void start(@Observes StartupEvent startup) {
        work.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        work.stop();
    }

    /** Removes all that is too old. */
    void prune() {
        int removed;
        do {
            removed = database.transaction(tx -> tx.update("""
                DELETE FROM alert WHERE id = ANY (ARRAY(
                    SELECT id FROM alert
                    WHERE active IS NULL AND coalesce(end_at, begin_at) < now() - make_interval(secs => $1)
                    ORDER BY coalesce(end_at, begin_at) LIMIT $2 FOR UPDATE SKIP LOCKED))\
                """, (double) keep.toSeconds(), (long) AT_ONCE));
            meters.counter("burnish.alerts.pruned").increment(removed);
        } while (removed == AT_ONCE);
    }
}
