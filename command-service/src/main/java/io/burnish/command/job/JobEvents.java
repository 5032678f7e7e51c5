package io.burnish.command.job;

import io.burnish.command.engine.Engine;
import io.burnish.command.engine.Scheduler;
import io.burnish.command.step.StepStore;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.job.JobOutcome;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What owners report of the jobs that they run. Events of another attempt than the running one change nothing. */
@ApplicationScoped
class JobEvents {

    private final Inbox inbox;
    private final Engine engine;
    private final Scheduler scheduler;
    private final JobStore jobs;
    private final StepStore steps;

    JobEvents(Inbox inbox, Engine engine, Scheduler scheduler, JobStore jobs, StepStore steps) {
        this.inbox = inbox;
        this.engine = engine;
        this.scheduler = scheduler;
        this.jobs = jobs;
        this.steps = steps;
    }

    @Incoming("job-events")
    Uni<Void> events(ConsumerRecords<String, byte[]> records) {
        return inbox.consume("job-events", records, JobEvent.class, this::apply);
    }

    private void apply(Tx tx, List<Received<JobEvent>> messages) {
        Map<Long, JobEvent.Finished> finished = new LinkedHashMap<>();
        List<JobEvent> progress = new ArrayList<>();
        for (Received<JobEvent> message : messages) {
            if (message.value() instanceof JobEvent.Finished end) {
                finished.put(end.jobId(), end);
            } else {
                progress.add(message.value());
            }
        }
        steps.apply(tx, progress);
        if (!finished.isEmpty()) {
            engine.exclusive(tx, engineTx -> {
                Map<Long, JobRow> running = jobs.running(tx, finished.keySet());
                List<JobEvent.Finished> current = finished.values().stream()
                        .filter(end -> running.containsKey(end.jobId())
                                && running.get(end.jobId()).attempt() == end.attempt())
                        .toList();
                List<Fact> changes =
                        current.stream().flatMap(end -> end.changes().stream()).toList();
                // first what the jobs changed, then their ends: who starts now sees it
                engine.introduce(engineTx, changes);
                scheduler.end(engineTx, current.stream().map(JobEvents::end).toList());
                return null;
            });
        }
    }

    private static JobStore.End end(JobEvent.Finished finished) {
        return switch (finished.outcome()) {
            case JobOutcome.Succeeded success -> JobStore.End.success(finished.jobId());
            case JobOutcome.Failed failed -> new JobStore.End(finished.jobId(), true, false, failed.reason());
            case JobOutcome.Cancelled cancelled -> new JobStore.End(finished.jobId(), false, true, cancelled.reason());
        };
    }
}
