package io.burnish.metrics.storage;

import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.RegularWork;
import io.burnish.kit.sql.Tx;
import io.burnish.metrics.point.Level;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Keeps the stored samples in shape: moves recent ones into chunks, rolls up, removes what is old. In small transactions, of which only one
 * is under way whatever the number of instances: each holds the same advisory lock.
 */
@ApplicationScoped
public class Upkeep {

    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtext('burnish.metrics.upkeep'))";
    private static final Duration BETWEEN_EXPIRIES = Duration.ofMinutes(10);

    private final Database database;
    private final Flush flush;
    private final HourlyRollUp rollUp;
    private final Expiry expiry;
    private final MeterRegistry meters;
    private Instant expired = Instant.EPOCH;
    private final RegularWork work;

    Upkeep(
            Database database,
            Flush flush,
            HourlyRollUp rollUp,
            Expiry expiry,
            MeterRegistry meters,
            @ConfigProperty(name = "burnish.metrics.upkeep-interval") Duration pause) {
        if (!pause.isPositive()) {
            throw new IllegalArgumentException("burnish.metrics.upkeep-interval must be positive");
        }
        this.database = database;
        this.flush = flush;
        this.rollUp = rollUp;
        this.expiry = expiry;
        this.meters = meters;
        this.work = new RegularWork("metrics-upkeep", pause, this::turn);
    }

    void start(@Observes StartupEvent startup) {
        work.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        work.stop();
    }

    private void turn() {
        try {
            Instant now = Instant.now();
            store(now);
            if (expired.plus(BETWEEN_EXPIRIES).isBefore(now)) {
                expire(now);
                expired = now;
            }
        } catch (RuntimeException e) {
            meters.counter("burnish.metrics.upkeep.failures").increment();
            throw e;
        }
    }

    /** Moves recent samplings into chunks and rolls up hours that are over. */
    public void store(Instant now) {
        repeat(flush.pass(now)::some);
        repeat(tx -> rollUp.some(tx, now));
    }

    /** Removes what is no longer kept at that time. */
    public void expire(Instant now) {
        for (Level level : Level.values()) {
            repeat(tx -> expiry.someOld(tx, level, now));
        }
        repeat(expiry::someGone);
        repeat(expiry::endedJobs);
    }

    /** Runs work, each time in a transaction of its own, while there is more. Waits while another instance is at it. */
    private void repeat(Predicate<Tx> work) {
        boolean more = true;
        while (more) {
            more = database.transaction(tx -> {
                tx.query(ALONE);
                return work.test(tx);
            });
        }
    }
}
