package io.burnish.gateway.audit;

import io.burnish.kit.sql.DatabaseUnavailableException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Writes down every attempt to change something (design, promise 6).
 *
 * <p>Guarantee: an attempt is in the table before anything is done about it; while it cannot be written, nothing is done. How it ended is
 * added soon afterwards, also when the database is away for a while; an orderly shutdown waits for it. One writer stores what many
 * requests bring in one transaction, so that a busy gateway does not pay a commit per request.
 */
@ApplicationScoped
public class AuditLog {

    private static final Logger LOG = Logger.getLogger(AuditLog.class);
    private static final int AT_ONCE = 500;
    /** Ends that are kept while the database is away; more than a gateway answers in that time. */
    private static final int WAITING = 50_000;

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final AuditStore store;
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>(WAITING);
    private volatile boolean stopping;
    private Thread writer;

    AuditLog(AuditStore store) {
        this.store = store;
    }

    private sealed interface Pending {
        record Begin(AuditEntry entry, Context context, Promise<Void> stored) implements Pending {
            void complete() {
                context.runOnContext(v -> stored.complete());
            }

            void fail(Throwable failure) {
                context.runOnContext(v -> stored.fail(failure));
            }
        }

        record End(AuditOutcome outcome) implements Pending {}
    }

    void start(@Observes @Priority(50) StartupEvent startup) {
        writer = Thread.ofVirtual().name("audit-writer").start(this::writeUntilStopped);
    }

    /** After the door has answered its last request. */
    void stop(@Observes @Priority(200) ShutdownEvent shutdown) throws InterruptedException {
        stopping = true;
        if (writer != null && !writer.join(STOP_LIMIT)) {
            LOG.errorf("%d outcomes were not written to the audit", queue.size());
        }
    }

    /**
     * Writes an attempt down. Call on an event loop; completes there once the attempt is stored, fails with {@link
     * DatabaseUnavailableException} if it cannot be.
     */
    public Future<Void> begin(AuditEntry entry) {
        Promise<Void> stored = Promise.promise();
        if (!queue.offer(new Pending.Begin(entry, Vertx.currentContext(), stored))) {
            stored.fail(new DatabaseUnavailableException("the audit cannot be written", null));
        }
        return stored.future();
    }

    /** Notes how an attempt ended. */
    public void end(AuditOutcome outcome) {
        if (!queue.offer(new Pending.End(outcome))) {
            LOG.errorf("not in the audit: %s", outcome);
        }
    }

    private void writeUntilStopped() {
        List<Pending> batch = new ArrayList<>();
        while (!stopping || !queue.isEmpty()) {
            try {
                Pending first = queue.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, AT_ONCE - 1);
                    write(batch);
                    batch.clear();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void write(List<Pending> batch) throws InterruptedException {
        List<Pending.Begin> begun = new ArrayList<>();
        List<AuditOutcome> ended = new ArrayList<>();
        for (Pending pending : batch) {
            switch (pending) {
                case Pending.Begin begin -> begun.add(begin);
                case Pending.End end -> ended.add(end.outcome());
            }
        }
        try {
            store.write(begun.stream().map(Pending.Begin::entry).toList(), ended);
            begun.forEach(Pending.Begin::complete);
        } catch (DatabaseUnavailableException e) {
            begun.forEach(begin -> begin.fail(e));
            ended.forEach(this::end);
            Thread.sleep(PAUSE);
        } catch (RuntimeException e) {
            LOG.errorf(e, "not in the audit: %s", ended);
            begun.forEach(begin -> begin.fail(e));
        }
    }
}
