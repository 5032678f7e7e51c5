package io.burnish.host.hub;

import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.ToAgent;
import io.burnish.kit.failpoint.Failpoint;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.DatabaseUnavailableException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.jboss.logging.Logger;

/**
 * Stores the outcomes that agents report, many per transaction: actions finished and results in the outbox, and after the commit the
 * agents are told that they need not send them again.
 *
 * <p>A repeated outcome changes nothing and is acknowledged again, also one of an action that has ended otherwise meanwhile. While the
 * database is away, writers and with them the agents wait.
 */
@ApplicationScoped
class OutcomeWriter {

    private static final Logger LOG = Logger.getLogger(OutcomeWriter.class);
    private static final int WRITERS = 2;
    private static final int BATCH = 500;
    private static final int QUEUE = 4 * BATCH;
    private static final long PAUSE_MILLIS = 500;

    private final Database database;
    private final ActionStore actions;
    private final BlockingQueue<Reported> queue = new ArrayBlockingQueue<>(QUEUE);
    private final List<Thread> writers = new ArrayList<>();

    OutcomeWriter(Database database, ActionStore actions) {
        this.database = database;
        this.actions = actions;
    }

    private record Reported(AgentConnection connection, FromAgent.Outcome outcome, CountDownLatch stored) {

        ActionStore.End end() {
            return new ActionStore.End(outcome.actionId(), connection.hostId(), outcome.outcome());
        }
    }

    void start(@Observes StartupEvent startup) {
        for (int i = 0; i < WRITERS; i++) {
            writers.add(Thread.ofVirtual().name("outcomes-" + i).start(this::writeUntilInterrupted));
        }
    }

    void stop(@Observes ShutdownEvent shutdown) {
        writers.forEach(Thread::interrupt);
    }

    /** Stores outcomes and returns when they are stored. */
    void store(AgentConnection connection, List<FromAgent.Outcome> outcomes) throws InterruptedException {
        CountDownLatch stored = new CountDownLatch(outcomes.size());
        for (FromAgent.Outcome outcome : outcomes) {
            queue.put(new Reported(connection, outcome, stored));
        }
        stored.await();
    }

    private void writeUntilInterrupted() {
        try {
            while (true) {
                List<Reported> batch = new ArrayList<>();
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                write(batch);
            }
        } catch (InterruptedException e) {
            LOG.debug("outcomes that are not stored will be sent again by the agents");
        }
    }

    private void write(List<Reported> batch) throws InterruptedException {
        try {
            storePatiently(batch);
            Failpoint.OUTCOME_STORED.reach();
            acknowledge(batch);
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                LOG.errorf(
                        e,
                        "the outcome of action %s cannot be stored",
                        batch.getFirst().outcome().actionId());
            } else {
                for (Reported reported : batch) {
                    write(List.of(reported));
                }
                return;
            }
        }
        batch.forEach(reported -> reported.stored().countDown());
    }

    private void storePatiently(List<Reported> batch) throws InterruptedException {
        while (true) {
            try {
                database.run(tx ->
                        actions.finish(tx, batch.stream().map(Reported::end).toList()));
                return;
            } catch (DatabaseUnavailableException e) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static void acknowledge(List<Reported> batch) {
        Map<AgentConnection, List<String>> ids = new LinkedHashMap<>();
        for (Reported reported : batch) {
            reported.connection().ended(reported.outcome().actionId());
            ids.computeIfAbsent(reported.connection(), connection -> new ArrayList<>())
                    .add(reported.outcome().actionId());
        }
        ids.forEach((connection, stored) -> connection.send(new ToAgent.OutcomeStored(stored)));
    }
}
