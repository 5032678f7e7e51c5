package io.burnish.contracts.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectVersion;
import java.util.List;

/** What the command service asks of the owner of an object. Idempotent: an owner runs an attempt of a job once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Dispatch.RunJob.class, name = "run"),
    @JsonSubTypes.Type(value = Dispatch.CancelJob.class, name = "cancel")
})
public sealed interface Dispatch {

    /** The job. */
    long jobId();

    /** Which try of the job this is, from 1. */
    int attempt();

    /** The object whose owner gets the message; also the record's key. */
    ObjectRef subject();

    /**
     * Run a job whose predecessors are complete and whose conditions held.
     *
     * @param fencingToken grows with every dispatch of the installation; agents refuse an action with an older token than the
     *     newest they have seen for the same object
     * @param fromState state the subject is expected in; {@code null} for jobs that are no transition
     * @param toState state to give it on success; {@code null} for jobs that are no transition
     * @param args of jobs that were asked for by class, as given; empty otherwise
     * @param commandIds commands that the job belongs to, for logs
     * @param seen versions of other objects on which the decision to run rests: the owner waits until its own knowledge of them is
     *     as new, so that no job acts on facts older than its predecessors' results
     * @param resumes an earlier job for the same purpose that did not succeed: its leading steps that did, if they are the same, are
     *     not done again; {@code null}: none
     */
    record RunJob(
            long jobId,
            int attempt,
            long fencingToken,
            String jobClass,
            ObjectRef subject,
            String description,
            String fromState,
            String toState,
            ObjectNode args,
            List<Long> commandIds,
            List<ObjectVersion> seen,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long resumes)
            implements Dispatch {

        /** Whether success gives the subject another state. */
        @JsonIgnore
        public boolean transition() {
            return toState != null;
        }
    }

    /** Stop a running attempt. The owner confirms with {@link JobEvent.Finished}; the locks stay until then. */
    record CancelJob(long jobId, int attempt, ObjectRef subject, Reason reason) implements Dispatch {}
}
