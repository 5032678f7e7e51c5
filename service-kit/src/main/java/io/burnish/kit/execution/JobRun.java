package io.burnish.kit.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.job.Reason;
import io.vertx.sqlclient.Row;
import java.util.List;

/**
 * A job that this service runs, as stored.
 *
 * <p>Phases: {@code waiting} (for knowledge of other objects) -> {@code running} -> {@code finished}; {@code stopping} after a
 * cancellation, until nothing of it runs any more.
 *
 * @param steps empty until the job has started
 * @param cancelReason set when cancellation was asked for
 */
record JobRun(
        Dispatch.RunJob dispatch, Phase phase, List<Step> steps, int stepIndex, int stepTry, Reason cancelReason) {

    enum Phase {
        WAITING,
        RUNNING,
        STOPPING,
        FINISHED;

        String stored() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    long jobId() {
        return dispatch.jobId();
    }

    Step step() {
        return steps.get(stepIndex);
    }

    boolean lastStep() {
        return stepIndex == steps.size() - 1;
    }

    Long commandId() {
        return dispatch.commandIds().isEmpty() ? null : dispatch.commandIds().getFirst();
    }

    JobRun running(List<Step> newSteps) {
        return new JobRun(dispatch, Phase.RUNNING, newSteps, 0, 1, cancelReason);
    }

    JobRun atNextStep() {
        return atStep(stepIndex + 1);
    }

    JobRun atStep(int index) {
        return new JobRun(dispatch, phase, steps, index, 1, cancelReason);
    }

    JobRun stopping(Reason reason) {
        return new JobRun(dispatch, Phase.STOPPING, steps, stepIndex, stepTry, reason);
    }

    /** Prefix of the ids of the present step's calls. */
    String callPrefix() {
        return jobId() + "." + dispatch.attempt() + "." + stepIndex + "." + stepTry + ".";
    }

    static JobRun of(Row row, StepCodec codec) {
        JsonNode reason = row.getString("cancel_reason") == null
                ? null
                : ContractJson.read(row.getString("cancel_reason"), JsonNode.class);
        return new JobRun(
                (Dispatch.RunJob) ContractJson.read(row.getString("dispatch"), Dispatch.class),
                Phase.valueOf(row.getString("phase").toUpperCase(java.util.Locale.ROOT)),
                codec.read(row.getString("steps")),
                row.getInteger("step_index"),
                row.getInteger("step_try"),
                reason == null ? null : ContractJson.mapper().convertValue(reason, Reason.class));
    }
}
