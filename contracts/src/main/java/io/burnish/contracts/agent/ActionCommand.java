package io.burnish.contracts.agent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.model.ObjectRef;

/** What a service asks of a server's agent; the hub carries it there. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ActionCommand.Run.class, name = "run"),
    @JsonSubTypes.Type(value = ActionCommand.Cancel.class, name = "cancel")
})
public sealed interface ActionCommand {

    /** Identity of the action; the same id again means the same action again, which is not run twice. */
    String actionId();

    /** The server. */
    long hostId();

    /**
     * Run an action.
     *
     * @param actionId deterministic: {@code <job>.<attempt>.<step>.<try>.<call>}
     * @param replyTo service that gets the {@link ActionResult}
     * @param args arguments by name; a value {@code {"$secret": "<id>"}} is replaced by the hub when it delivers the action
     * @param deadlineSeconds how long the action may run on the server; it is killed after that
     * @param subject object on whose behalf it runs, for fencing; {@code null} if none
     * @param fencingToken see {@link io.burnish.contracts.job.Dispatch.RunJob}; 0 if {@code subject} is {@code null}
     * @param job what the action belongs to; {@code null} for actions outside jobs
     */
    record Run(
            String actionId,
            long hostId,
            ServiceName replyTo,
            String action,
            ObjectNode args,
            int deadlineSeconds,
            ObjectRef subject,
            long fencingToken,
            JobStep job)
            implements ActionCommand {}

    /** Kill the action if it runs, forget it if it was not delivered. Its {@link ActionResult} says what happened. */
    record Cancel(String actionId, long hostId) implements ActionCommand {}

    /** The place of an action in a job. */
    record JobStep(long jobId, int attempt, int stepIndex, int stepTry, Long commandId) {}
}
