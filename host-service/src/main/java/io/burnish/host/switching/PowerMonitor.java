package io.burnish.host.switching;

import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.RegularWork;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Has every power control device asked once in an interval, and at once after a change. A due device is claimed by moving its next time, so
 * several instances share the work; one that dies leaves the device to the next interval.
 */
@ApplicationScoped
class PowerMonitor {

    private static final Logger LOG = Logger.getLogger(PowerMonitor.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Each question is a process: as many at a time as a small manager bears. */
    private static final int AT_A_TIME = 8;

    private final Database database;
    private final PowerCheck check;
    private final Duration interval;
    private final Map<Long, Thread> running = new ConcurrentHashMap<>();
    private final RegularWork work = new RegularWork("power-monitor", PAUSE, this::beginDue);

    PowerMonitor(
            Database database,
            PowerCheck check,
            @ConfigProperty(name = "burnish.power.check-interval") Duration interval) {
        this.database = database;
        this.check = check;
        this.interval = interval;
    }

    void start(@Observes StartupEvent startup) {
        work.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        work.stop();
        running.values().forEach(Thread::interrupt);
    }

    private void beginDue() {
        int free = AT_A_TIME - running.size();
        if (free > 0) {
            due(free).forEach(this::begin);
        }
    }

    private List<Long> due(int most) {
        Long[] busy = running.keySet().toArray(Long[]::new);
        List<Long> ids = new ArrayList<>();
        database.transaction(tx -> tx.query("""
                        UPDATE power_control_device SET next_check_at = now() + make_interval(secs => $1) WHERE id IN (
                            SELECT id FROM power_control_device WHERE next_check_at <= now() AND id <> ALL($2)
                            ORDER BY next_check_at LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING id""", (double) interval.toMillis() / 1000, busy, most))
                .forEach((Row row) -> ids.add(row.getLong(0)));
        return ids;
    }

    private void begin(long device) {
        running.put(device, Thread.ofVirtual().name("power-check-" + device).unstarted(() -> {
            try {
                check.run(device);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warnf("what power control device %d said was not stored: %s", device, e.getMessage());
            } finally {
                running.remove(device);
            }
        }));
        running.get(device).start();
    }
}
