package io.burnish.kit.execution;

import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.RegularWork;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Removes this service's record of jobs that ended long ago, as the command service removes the jobs themselves. Kept for much longer than
 * Kafka keeps a dispatch, so that a repeated one is still recognised.
 */
@ApplicationScoped
class JobRunSweeper {

    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final int AT_ONCE = 1_000;

    private final Database database;
    private final JobEngine engine;
    private final double keptSeconds;
    private final RegularWork work = new RegularWork("job-run-sweeper", PAUSE, this::sweep);

    JobRunSweeper(
            Database database,
            JobEngine engine,
            @ConfigProperty(name = "burnish.command.keep", defaultValue = "P90D") Duration keep) {
        this.database = database;
        this.engine = engine;
        this.keptSeconds = keep.toSeconds();
    }

    void start(@Observes StartupEvent startup) {
        if (engine.runsJobs()) {
            work.start();
        }
    }

    void stop(@Observes ShutdownEvent shutdown) {
        work.stop();
    }

    /** Removes all that is too old, in small transactions. */
    void sweep() {
        int removed = AT_ONCE;
        while (removed == AT_ONCE) {
            removed = database.transaction(tx -> tx.update("""
                    DELETE FROM job_run WHERE job_id IN (
                        SELECT job_id FROM job_run WHERE phase = 'finished' AND finished_at < now() - make_interval(secs => $1)
                        ORDER BY finished_at LIMIT $2)""", keptSeconds, AT_ONCE));
        }
    }
}
