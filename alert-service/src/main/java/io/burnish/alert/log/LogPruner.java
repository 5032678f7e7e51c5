package io.burnish.alert.log;

import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.RegularWork;
import io.burnish.kit.sql.Tx;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Keeps the number of log lines between two marks: above the high one the oldest go until the low one is reached (monitoring 7.5). The
 * oldest are those that came first: what a server delivers late is not lost for having been written long ago. The number is kept with
 * the lines, so looking costs the same whatever there is.
 */
@ApplicationScoped
public class LogPruner {

    private static final Logger LOG = Logger.getLogger(LogPruner.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int AT_ONCE = 10_000;

    private final Database database;
    private final MeterRegistry meters;
    private final long highWater;
    private final long lowWater;
    private final RegularWork work = new RegularWork("log-pruner", PAUSE, this::turn);

    LogPruner(
            Database database,
            MeterRegistry meters,
            @ConfigProperty(name = "burnish.log.high-water") long highWater,
            @ConfigProperty(name = "burnish.log.low-water") long lowWater) {
        if (lowWater > highWater || lowWater < 0) {
            throw new IllegalArgumentException("burnish.log.low-water must be between 0 and burnish.log.high-water");
        }
        this.database = database;
        this.meters = meters;
        this.highWater = highWater;
        this.lowWater = lowWater;
    }

    void start(@Observes StartupEvent startup) {
        work.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        work.stop();
    }

    private void turn() {
        try {
            long removed = prune();
            if (removed > 0) {
                meters.counter("burnish.log.pruned").increment(removed);
                LOG.infof("removed the %d oldest log lines", removed);
            }
        } catch (RuntimeException e) {
            meters.counter("burnish.log.prune.failures").increment();
            throw e;
        }
    }

    /** Removes what is too much, in small transactions; returns how many lines went. */
    long prune() {
        long present =
                database.transaction(tx -> tx.one("SELECT lines FROM log_size").getLong(0));
        long surplus = present > highWater ? present - lowWater : 0;
        long removed = 0;
        while (removed < surplus) {
            long part = Math.min(AT_ONCE, surplus - removed);
            long gone = database.transaction(tx -> remove(tx, part));
            if (gone == 0) {
                // another instance is at it
                return removed;
            }
            removed += gone;
        }
        return removed;
    }

    /** Goes on behind what was removed before: the way there is full of rows that are dead but not yet swept. */
    private static long remove(Tx tx, long number) {
        if (!tx.one("SELECT pg_try_advisory_xact_lock(hashtext('burnish.log.prune'))")
                .getBoolean(0)) {
            return 0;
        }
        Row gone = tx.one("""
                WITH oldest AS (
                    SELECT id FROM log_line WHERE id > (SELECT removed_to FROM log_size) ORDER BY id LIMIT $1),
                gone AS (DELETE FROM log_line l USING oldest WHERE l.id = oldest.id RETURNING l.id)
                SELECT count(*), max(id) FROM gone""", number);
        if (gone.getLong(0) > 0) {
            tx.update("UPDATE log_size SET lines = lines - $1, removed_to = $2", gone.getLong(0), gone.getLong(1));
        }
        return gone.getLong(0);
    }
}
