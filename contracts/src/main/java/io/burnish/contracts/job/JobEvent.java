package io.burnish.contracts.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.fact.Fact;
import java.time.Instant;
import java.util.List;

/**
 * Progress of a job, from its owner to the command service (and whoever watches). Ordered per job; events of an attempt that is
 * not the current one are ignored.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JobEvent.Started.class, name = "started"),
    @JsonSubTypes.Type(value = JobEvent.StepStarted.class, name = "step-started"),
    @JsonSubTypes.Type(value = JobEvent.StepConsole.class, name = "step-console"),
    @JsonSubTypes.Type(value = JobEvent.StepFinished.class, name = "step-finished"),
    @JsonSubTypes.Type(value = JobEvent.Finished.class, name = "finished")
})
public sealed interface JobEvent {

    /** The job. */
    long jobId();

    /** Which try of the job. */
    int attempt();

    /** When it happened, by the sender's clock. */
    Instant at();

    /** The owner has accepted the job. */
    record Started(long jobId, int attempt, Instant at, int stepCount) implements JobEvent {}

    /**
     * A step began.
     *
     * @param stepIndex from 0; a repetition has the same index and a higher {@code stepTry}
     * @param stepTry from 1
     * @param args for display; never contains a secret
     */
    record StepStarted(
            long jobId,
            int attempt,
            Instant at,
            int stepIndex,
            int stepTry,
            int stepCount,
            String stepClass,
            String description,
            ObjectNode args)
            implements JobEvent {}

    /**
     * Output of a step while it runs. The whole output comes again with {@link StepFinished}, so losing a piece loses nothing in
     * the end.
     *
     * @param call which agent action of the step
     * @param sequence from 0 within the action: orders and deduplicates the pieces
     */
    record StepConsole(
            long jobId, int attempt, Instant at, int stepIndex, int stepTry, String call, int sequence, String text)
            implements JobEvent {}

    /**
     * A step ended.
     *
     * @param log human readable progress; empty if none
     * @param console everything the step's commands printed, secrets masked
     * @param backtrace cause of a failure for a developer; empty otherwise
     * @param result the step's value; {@code null} if it has none
     */
    record StepFinished(
            long jobId,
            int attempt,
            Instant at,
            int stepIndex,
            int stepTry,
            boolean success,
            String log,
            String console,
            String backtrace,
            JsonNode result)
            implements JobEvent {}

    /**
     * The attempt ended, and what it changed is committed.
     *
     * @param changes the new snapshots of the objects that the job changed: the command service applies them before it
     *     releases the locks, so that the next plan sees them
     */
    record Finished(long jobId, int attempt, Instant at, JobOutcome outcome, List<Fact> changes) implements JobEvent {}
}
