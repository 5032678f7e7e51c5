package io.burnish.host.switching;

import io.burnish.host.spi.RegularChecks;
import io.burnish.kit.sql.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Has every power control device asked once in an interval, and at once after a change. */
@ApplicationScoped
class PowerMonitor {

    /** Each question is a process: as many at a time as a small manager bears. */
    private static final int AT_A_TIME = 8;

    private final Database database;
    private final Duration interval;
    private final RegularChecks checks;

    PowerMonitor(
            Database database,
            PowerCheck check,
            @ConfigProperty(name = "burnish.power.check-interval") Duration interval) {
        this.database = database;
        this.interval = interval;
        checks = new RegularChecks("power-check", AT_A_TIME, this::due, check::run);
    }

    void start(@Observes StartupEvent startup) {
        checks.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        checks.stop();
    }

    private List<Long> due(Long[] busy, int most) {
        List<Long> ids = new ArrayList<>();
        database.transaction(tx -> tx.query("""
                        UPDATE power_control_device SET next_check_at = now() + make_interval(secs => $1) WHERE id IN (
                            SELECT id FROM power_control_device WHERE next_check_at <= now() AND id <> ALL($2)
                            ORDER BY next_check_at LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING id""", (double) interval.toMillis() / 1000, busy, most))
                .forEach(row -> ids.add(row.getLong(0)));
        return ids;
    }
}
