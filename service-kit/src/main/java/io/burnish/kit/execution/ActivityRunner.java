package io.burnish.kit.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.log.LogContext;
import io.burnish.kit.sql.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Runs local activities and the timers of jobs.
 *
 * <p>An activity is leased by the instance that runs it; the lease of a dead instance expires and another runs the activity again.
 * An activity whose job is being cancelled is interrupted.
 */
@ApplicationScoped
public class ActivityRunner {

    private static final Logger LOG = Logger.getLogger(ActivityRunner.class);
    private static final int LEASE_SECONDS = 15;
    private static final long TICK_MILLIS = 500;

    private final Database database;
    private final JobRunStore runs;
    private final StepCallStore calls;
    private final JobEngine engine;
    private final Map<String, LocalActivity> activities = new HashMap<>();
    private final Map<String, Thread> running = new ConcurrentHashMap<>();
    private final Semaphore wake = new Semaphore(0);
    private volatile Thread loop;

    ActivityRunner(
            Database database,
            JobRunStore runs,
            StepCallStore calls,
            JobEngine engine,
            @Any Instance<LocalActivity> activities) {
        this.database = database;
        this.runs = runs;
        this.calls = calls;
        this.engine = engine;
        activities.forEach(activity -> this.activities.put(activity.name(), activity));
    }

    void start(@Observes StartupEvent startup) {
        if (engine.runsJobs()) {
            loop = Thread.ofVirtual().name("activities").start(this::loop);
        }
    }

    void stop(@Observes ShutdownEvent shutdown) {
        Thread started = loop;
        if (started != null) {
            started.interrupt();
        }
        running.values().forEach(Thread::interrupt);
    }

    /** There may be something to do. */
    void wake() {
        wake.release();
    }

    private void loop() {
        boolean complained = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                boolean woken = wake.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS);
                wake.drainPermits();
                database.run(this::expireTimers);
                renewLeases();
                claim(woken);
                complained = false;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!complained) {
                    complained = true;
                    LOG.warnf("timers and activities wait: %s", e.getMessage());
                }
            }
        }
    }

    private void expireTimers(io.burnish.kit.sql.Tx tx) {
        List<Long> due = runs.due(tx);
        due.forEach(job -> calls.expire(tx, job));
        engine.advance(tx, due);
    }

    private void renewLeases() {
        if (running.isEmpty()) {
            return;
        }
        List<String> mine = List.copyOf(running.keySet());
        List<String> wanted = database.transaction(tx -> calls.renewLeases(tx, mine, LEASE_SECONDS));
        for (String callId : mine) {
            Thread thread = running.get(callId);
            if (thread != null && !wanted.contains(callId)) {
                thread.interrupt();
            }
        }
    }

    private void claim(boolean woken) {
        if (activities.isEmpty()) {
            return;
        }
        for (StepCallStore.Claimed claimed : database.transaction(tx -> calls.claimActivities(tx, LEASE_SECONDS))) {
            running.put(
                    claimed.callId(),
                    Thread.ofVirtual()
                            .name("activity-" + claimed.callId())
                            .start(() -> LogContext.with(null, claimed.jobId(), () -> run(claimed))));
        }
    }

    private void run(StepCallStore.Claimed claimed) {
        try {
            JsonNode outcome = outcome(claimed);
            if (outcome != null) {
                database.run(tx ->
                        calls.answer(tx, claimed.callId(), outcome).ifPresent(job -> engine.advance(tx, List.of(job))));
            }
        } catch (RuntimeException e) {
            LOG.warnf(
                    "the result of activity %s was not stored, it will run again: %s",
                    claimed.callId(), e.getMessage());
        } finally {
            running.remove(claimed.callId());
        }
    }

    /** The answer to store; {@code null} if the service is stopping and the activity shall run again. */
    private JsonNode outcome(StepCallStore.Claimed claimed) {
        ObjectNode outcome = JsonNodeFactory.instance.objectNode();
        LocalActivity activity = activities.get(claimed.name());
        if (activity == null) {
            return outcome.put("error", "This service has no activity called " + claimed.name() + ".");
        }
        try {
            return outcome.set("result", activity.run(claimed.request()));
        } catch (LocalActivity.ActivityFailure e) {
            return outcome.put("error", e.getMessage())
                    .put("detail", e.getCause() == null ? "" : e.getCause().toString());
        } catch (InterruptedException e) {
            Thread stopping = loop;
            return stopping == null || stopping.isInterrupted()
                    ? null
                    : outcome.put("error", "Interrupted because the job was cancelled.");
        } catch (RuntimeException e) {
            LOG.errorf(e, "activity %s hit a defect", claimed.name());
            return outcome.put("error", "A defect of Burnish: " + e.getMessage())
                    .put("detail", e.toString());
        }
    }
}
