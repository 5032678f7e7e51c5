package io.burnish.kit.execution;

import io.burnish.contracts.ServiceName;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.job.Dispatch;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.log.LogContext;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Runs the steps of jobs as a state machine in the database: each advance is one transaction that holds the job's row, runs the
 * present step's script over the recorded answers, and stores what it asks for together with the messages that ask for it.
 *
 * <p>Guarantees: any instance can take any advance; an instance that stalls can change nothing afterwards, for its transaction has
 * lost the row. What a job changes and the event that tells it are one transaction. A job is finished only when nothing of it runs
 * any more.
 */
@ApplicationScoped
public class JobEngine {

    final JobRunStore runs;
    final StepCallStore calls;
    final JobDefinitions definitions;
    final OwnedObjects objects;
    final Neighbours neighbours;
    final Instance<SessionDirectory> sessions;
    final Instance<ActivityRunner> activities;
    final ServiceName self;

    JobEngine(
            JobRunStore runs,
            StepCallStore calls,
            JobDefinitions definitions,
            Instance<OwnedObjects> objects,
            Neighbours neighbours,
            Instance<SessionDirectory> sessions,
            Instance<ActivityRunner> activities,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.runs = runs;
        this.calls = calls;
        this.definitions = definitions;
        this.objects = objects.isResolvable() ? objects.get() : null;
        this.neighbours = neighbours;
        this.sessions = sessions;
        this.activities = activities;
        this.self = ServiceName.of(service);
    }

    /** Whether this service owns objects and so runs jobs; if not, it has no tables of the engine either. */
    boolean runsJobs() {
        return objects != null;
    }

    /** Moves jobs on as far as the recorded answers allow, and those that their ends set free. */
    public void advance(Tx tx, List<Long> jobIds) {
        Deque<Long> queue = new ArrayDeque<>(jobIds);
        while (!queue.isEmpty()) {
            Optional<JobRun> locked = runs.lock(tx, queue.poll());
            locked.ifPresent(run -> LogContext.with(
                    run.commandId(), run.jobId(), () -> queue.addAll(new JobAdvance(this, tx, run).advance())));
        }
    }

    /** Begins to stop a job: nothing new starts, what runs is told to end. */
    void cancel(Tx tx, Dispatch.CancelJob request) {
        Optional<JobRun> locked = runs.lock(tx, request.jobId());
        if (locked.isEmpty() || locked.get().dispatch().attempt() != request.attempt()) {
            return;
        }
        JobRun run = locked.get().stopping(request.reason());
        for (StepCall call : calls.of(tx, run).values()) {
            if (call.kind() == StepCall.Kind.AGENT && !call.answered()) {
                tx.publish(Outgoing.action(new ActionCommand.Cancel(run.callPrefix() + call.call(), call.hostId())));
            }
        }
        runs.store(tx, run, null);
        tx.afterCommit(() -> activities.get().wake());
        advance(tx, List.of(run.jobId()));
    }
}
