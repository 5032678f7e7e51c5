package io.burnish.kit.execution;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.ActionResult;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.facts.NeighbourListener;
import io.burnish.kit.failpoint.Failpoint;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** The messages that move jobs: dispatches, cancellations, results of actions, news of other objects. */
@ApplicationScoped
public class JobExecution implements NeighbourListener {

    private final Inbox inbox;
    private final JobRunStore runs;
    private final StepCallStore calls;
    private final JobEngine engine;

    JobExecution(Inbox inbox, JobRunStore runs, StepCallStore calls, JobEngine engine) {
        this.inbox = inbox;
        this.runs = runs;
        this.calls = calls;
        this.engine = engine;
    }

    /** Applies records of the service's dispatch topic; for its {@code @Incoming("dispatch")} method. */
    public Uni<Void> consumeDispatches(ConsumerRecords<String, byte[]> records) {
        return inbox.consume("dispatch", records, Dispatch.class, this::dispatched);
    }

    /** Applies records of the results topic; for the service's {@code @Incoming("results")} method. */
    public Uni<Void> consumeResults(ConsumerRecords<String, byte[]> records) {
        return inbox.consume("results", records, ActionResult.class, this::answered);
    }

    @Override
    public void factsChanged(Tx tx, Set<ObjectRef> changed) {
        if (engine.runsJobs()) {
            WaitOrder.enter(tx);
            engine.advance(tx, runs.waiting(tx));
        }
    }

    private void dispatched(Tx tx, List<Received<Dispatch>> messages) {
        for (Received<Dispatch> message : messages) {
            switch (message.value()) {
                case Dispatch.RunJob run -> {
                    if (runs.accept(tx, run)) {
                        Failpoint.DISPATCH_TAKEN.reach();
                        engine.advance(tx, List.of(run.jobId()));
                    }
                }
                case Dispatch.CancelJob cancel -> engine.cancel(tx, cancel);
            }
        }
    }

    private void answered(Tx tx, List<Received<ActionResult>> messages) {
        List<Long> jobs = new ArrayList<>();
        for (Received<ActionResult> message : messages) {
            switch (message.value()) {
                case ActionResult.Finished finished ->
                    calls.answer(
                                    tx,
                                    finished.actionId(),
                                    ContractJson.mapper()
                                            .<com.fasterxml.jackson.databind.JsonNode>valueToTree(finished.outcome()))
                            .ifPresent(jobs::add);
                case ActionResult.SessionOpened opened -> {
                    WaitOrder.enter(tx);
                    jobs.addAll(calls.answerSessions(
                            tx, opened.hostId(), new StepScript.Session(opened.agentEpoch(), opened.bootId())));
                }
            }
        }
        engine.advance(tx, jobs.stream().distinct().toList());
    }
}
