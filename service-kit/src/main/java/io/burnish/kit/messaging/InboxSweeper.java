package io.burnish.kit.messaging;

import io.burnish.kit.sql.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Forgets notes of applied messages that no topic can bring again. */
@ApplicationScoped
class InboxSweeper {

    private static final Logger LOG = Logger.getLogger(InboxSweeper.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);
    /** Small transactions: the sweep must not hold up the inbox. */
    private static final int AT_ONCE = 10_000;

    private final Database database;
    private final Duration keep;
    private volatile Thread thread;

    InboxSweeper(Database database, @ConfigProperty(name = "burnish.inbox.keep", defaultValue = "P8D") Duration keep) {
        this.database = database;
        this.keep = keep;
    }

    void start(@Observes StartupEvent startup) {
        thread = Thread.ofVirtual().name("inbox-sweeper").start(this::sweepUntilInterrupted);
    }

    void stop(@Observes ShutdownEvent shutdown) {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void sweepUntilInterrupted() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(PAUSE);
                while (sweep() == AT_ONCE) {
                    Thread.onSpinWait();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf("sweeping the inbox failed, will be repeated: %s", e.getMessage());
            }
        }
    }

    private int sweep() {
        return database.transaction(tx -> tx.update("""
                DELETE FROM inbox WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM inbox WHERE received_at < now() - make_interval(secs => $1) LIMIT $2))""", (double) keep.toSeconds(), (long) AT_ONCE));
    }
}
