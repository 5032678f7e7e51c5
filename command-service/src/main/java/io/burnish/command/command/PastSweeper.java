package io.burnish.command.command;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.RegularWork;
import io.burnish.kit.sql.Tx;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Removes commands that ended long ago, with their jobs and steps, and plans that nobody carried out. Small transactions without the
 * engine: what is complete has no locks, and nothing waits for it.
 */
@ApplicationScoped
class PastSweeper {

    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final int AT_ONCE = 500;

    private final Database database;
    private final double keptSeconds;
    private final RegularWork work = new RegularWork("past-sweeper", PAUSE, this::sweepAll);

    PastSweeper(
            Database database, @ConfigProperty(name = "burnish.command.keep", defaultValue = "P90D") Duration keep) {
        this.database = database;
        this.keptSeconds = keep.toSeconds();
    }

    void start(@Observes StartupEvent startup) {
        work.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        work.stop();
    }

    /** Removes all that is too old. */
    void sweepAll() {
        while (database.transaction(this::sweepCommands) == AT_ONCE) {
            Thread.onSpinWait();
        }
        database.transaction(tx -> tx.update(
                "DELETE FROM plan WHERE created_at < now() - make_interval(secs => $1) AND command_id IS NULL",
                keptSeconds));
    }

    private int sweepCommands(Tx tx) {
        List<Long> commands = new ArrayList<>();
        for (Row row : tx.query("""
                SELECT id, version FROM command WHERE complete AND finished_at < now() - make_interval(secs => $1)
                ORDER BY finished_at LIMIT $2 FOR UPDATE SKIP LOCKED""", keptSeconds, AT_ONCE)) {
            commands.add(row.getLong(0));
            tx.publish(Outgoing.tombstone(new ObjectRef(ObjectType.COMMAND, row.getLong(0)), row.getLong(1) + 1));
        }
        if (!commands.isEmpty()) {
            // a job that a younger command joined stays with that command
            tx.update("""
                    DELETE FROM job WHERE state = 'complete' AND id IN (
                        SELECT job_id FROM command_job WHERE command_id = ANY ($1) EXCEPT
                        SELECT job_id FROM command_job WHERE job_id IN (
                            SELECT job_id FROM command_job WHERE command_id = ANY ($1)) AND command_id <> ALL ($1))""", (Object) commands.toArray(Long[]::new));
            tx.update("DELETE FROM command WHERE id = ANY ($1)", (Object) commands.toArray(Long[]::new));
        }
        return commands.size();
    }
}
