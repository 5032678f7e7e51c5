package io.burnish.kit.execution;

import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.JobEvent;
import io.burnish.contracts.job.JobOutcome;

/** What the log says of a job's progress: its start, each step, its end with the reason. */
final class JobLines {

    private JobLines() {}

    /** One line; {@code null} for events that are not worth one. */
    static String of(Dispatch.RunJob job, JobEvent event) {
        String what = job.description().lines().findFirst().orElse(job.jobClass());
        return switch (event) {
            case JobEvent.Started started -> "%s (%s of %s) started".formatted(what, job.jobClass(), job.subject());
            case JobEvent.StepStarted step ->
                "%s: step %d of %d, %s".formatted(what, step.stepIndex() + 1, step.stepCount(), step.description());
            case JobEvent.Finished finished -> "%s %s".formatted(what, end(finished.outcome()));
            default -> null;
        };
    }

    private static String end(JobOutcome outcome) {
        return switch (outcome) {
            case JobOutcome.Succeeded succeeded -> "succeeded";
            case JobOutcome.Failed failed -> "failed: " + failed.reason().sentence();
            case JobOutcome.Cancelled cancelled ->
                "was cancelled: " + cancelled.reason().sentence();
        };
    }
}
