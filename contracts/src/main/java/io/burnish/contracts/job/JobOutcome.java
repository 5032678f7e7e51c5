package io.burnish.contracts.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How an attempt of a job ended. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JobOutcome.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = JobOutcome.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = JobOutcome.Cancelled.class, name = "cancelled")
})
public sealed interface JobOutcome {

    /** All steps succeeded and the state was changed in the same transaction. */
    record Succeeded() implements JobOutcome {}

    /** A step failed; nothing later was started. */
    record Failed(Reason reason) implements JobOutcome {}

    /** The work has really stopped: nothing of it runs any more. */
    record Cancelled(Reason reason) implements JobOutcome {}
}
