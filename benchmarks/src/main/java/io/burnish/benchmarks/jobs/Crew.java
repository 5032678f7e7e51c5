package io.burnish.benchmarks.jobs;

import io.burnish.platform.postgres.PostgresAddress;
import io.burnish.standalone.client.ApiClient;
import io.burnish.standalone.client.ApiException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps a group of servers busy: whenever fewer commands than wanted are under way for them it asks for another one, which stops and
 * starts LNet on each. So every server always has a job to do and one that waits.
 */
final class Crew {

    private static final Duration PAUSE = Duration.ofMillis(25);

    private final ApiClient client;
    private final Map<String, Object> command;
    private final int underWay;
    private final AtomicLong refused = new AtomicLong();
    private volatile String firstRefusal;
    private volatile boolean stopping;

    /**
     * A crew for these LNet configurations.
     *
     * @param underWay commands at a time
     */
    Crew(ApiClient client, List<Long> lnets, int underWay) {
        this.client = client;
        this.command = Map.of("message", "Stop and start LNet", "jobs", jobs(lnets));
        this.underWay = underWay;
    }

    private static List<Map<String, Object>> jobs(List<Long> lnets) {
        List<Map<String, Object>> jobs = new ArrayList<>();
        for (String job : List.of("StopLNetJob", "StartLNetJob")) {
            for (long lnet : lnets) {
                jobs.add(Map.of("class_name", job, "args", Map.of("lnet_configuration_id", lnet)));
            }
        }
        return jobs;
    }

    /** Works until it is stopped, then waits until all its commands have ended. */
    void work(PostgresAddress postgres, Duration patience) {
        try (JobLedger ledger = new JobLedger(postgres)) {
            List<Long> commands = new ArrayList<>();
            while (!stopping) {
                if (ledger.incomplete(commands) < underWay) {
                    ask().ifPresent(commands::add);
                } else {
                    Thread.sleep(PAUSE);
                }
            }
            long deadline = System.nanoTime() + patience.toNanos();
            while (ledger.incomplete(commands) > 0) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(ledger.incomplete(commands) + " commands have not ended within "
                            + patience.toSeconds() + " s after the last one");
                }
                Thread.sleep(PAUSE);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the commands", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Long> ask() throws InterruptedException {
        try {
            return Optional.of(client.post("/api/command/", command)
                    .orThrow("POST /api/command/")
                    .path("id")
                    .asLong());
        } catch (ApiException e) {
            refused.incrementAndGet();
            firstRefusal = firstRefusal == null ? e.getMessage() : firstRefusal;
            Thread.sleep(PAUSE);
            return Optional.empty();
        }
    }

    void stop() {
        stopping = true;
    }

    /** Commands that were not accepted. */
    long refused() {
        return refused.get();
    }

    /** Why the first one was not; {@code null} if all were. */
    String firstRefusal() {
        return firstRefusal;
    }
}
