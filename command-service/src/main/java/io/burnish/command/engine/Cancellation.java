package io.burnish.command.engine;

import io.burnish.command.job.JobRow;
import io.burnish.command.job.JobStore;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.Reason;
import io.burnish.kit.messaging.Outgoing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Cancelling jobs in two phases: one that waits ends at once; one that runs is told to stop, keeps its locks, and ends when its owner says
 * that nothing of it runs any more.
 */
@ApplicationScoped
public class Cancellation {

    private final Engine engine;
    private final Scheduler scheduler;
    private final JobStore jobs;

    Cancellation(Engine engine, Scheduler scheduler, JobStore jobs) {
        this.engine = engine;
        this.scheduler = scheduler;
        this.jobs = jobs;
    }

    /** Cancels a job; false if jobs of its class cannot be cancelled. A job that has ended stays as it is. */
    public boolean cancel(long jobId, String actor) {
        return engine.exclusive(engineTx -> {
            JobRow job = jobs.lock(engineTx.tx(), jobId).orElseThrow();
            if (job.state().equals("complete")) {
                return true;
            }
            if (!job.cancellable()) {
                return false;
            }
            Reason reason = new Reason(
                    Reason.Code.CANCELLED_BY_USER,
                    job.subject(),
                    actor,
                    job.id(),
                    "Job %d, '%s', was cancelled by user %s."
                            .formatted(job.id(), Scheduler.firstLine(job.description()), actor));
            if (job.state().equals("pending")) {
                scheduler.end(engineTx, List.of(new JobStore.End(jobId, false, true, reason)));
            } else if (jobs.requestCancel(engineTx.tx(), jobId, reason)) {
                engineTx.tx()
                        .publish(Outgoing.dispatch(
                                new Dispatch.CancelJob(jobId, job.attempt(), job.subject(), reason), null));
            }
            return true;
        });
    }
}
