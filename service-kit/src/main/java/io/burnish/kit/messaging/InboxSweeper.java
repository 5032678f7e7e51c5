package io.burnish.kit.messaging;

import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.RegularWork;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Forgets notes of applied messages that no topic can bring again. */
@ApplicationScoped
class InboxSweeper {

    private static final Duration PAUSE = Duration.ofMinutes(10);
    /** Small transactions: the sweep must not hold up the inbox. */
    private static final int AT_ONCE = 10_000;

    private final Database database;
    private final Duration keep;
    private final RegularWork work = new RegularWork("inbox-sweeper", PAUSE, this::sweepAll);

    InboxSweeper(Database database, @ConfigProperty(name = "burnish.inbox.keep", defaultValue = "P8D") Duration keep) {
        this.database = database;
        this.keep = keep;
    }

    void start(@Observes StartupEvent startup) {
        work.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        work.stop();
    }

    private void sweepAll() {
        while (sweep() == AT_ONCE) {
            Thread.onSpinWait();
        }
    }

    private int sweep() {
        return database.transaction(tx -> tx.update("""
                DELETE FROM inbox WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM inbox WHERE received_at < now() - make_interval(secs => $1) LIMIT $2))""", (double) keep.toSeconds(), (long) AT_ONCE));
    }
}
