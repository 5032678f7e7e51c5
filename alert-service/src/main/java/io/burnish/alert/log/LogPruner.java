package io.burnish.alert.log;

import io.burnish.kit.sql.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Keeps the number of log lines between two marks: above the high one the oldest go until the low one is reached (monitoring 7.5). */
@ApplicationScoped
public class LogPruner {

    private static final Logger LOG = Logger.getLogger(LogPruner.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int AT_ONCE = 10_000;

    private final Database database;
    private final long highWater;
    private final long lowWater;
    private volatile Thread thread;

    LogPruner(
            Database database,
            @ConfigProperty(name = "burnish.log.high-water") long highWater,
            @ConfigProperty(name = "burnish.log.low-water") long lowWater) {
        if (lowWater > highWater || lowWater < 0) {
            throw new IllegalArgumentException("burnish.log.low-water must be between 0 and burnish.log.high-water");
        }
        this.database = database;
        this.highWater = highWater;
        this.lowWater = lowWater;
    }

    void start(@Observes StartupEvent startup) {
        thread = Thread.ofVirtual().name("log-pruner").start(this::pruneUntilInterrupted);
    }

    void stop(@Observes ShutdownEvent shutdown) {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void pruneUntilInterrupted() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(PAUSE);
                long removed = prune();
                if (removed > 0) {
                    LOG.infof("removed the %d oldest log lines", removed);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf("removing old log lines failed, will be repeated: %s", e.getMessage());
            }
        }
    }

    /** Removes what is too much, in small transactions; returns how many lines went. */
    long prune() {
        long present = database.transaction(
                tx -> tx.one("SELECT count(*) FROM log_line").getLong(0));
        if (present <= highWater) {
            return 0;
        }
        long removed = 0;
        while (removed < present - lowWater) {
            long part = Math.min(AT_ONCE, present - lowWater - removed);
            removed += database.transaction(tx -> tx.update(
                    "DELETE FROM log_line WHERE id IN (SELECT id FROM log_line ORDER BY at, id LIMIT $1)", part));
        }
        return removed;
    }
}
