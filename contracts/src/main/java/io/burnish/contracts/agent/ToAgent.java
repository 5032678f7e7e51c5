package io.burnish.contracts.agent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.model.ObjectRef;
import java.util.List;

/** Frames from the hub to an agent: one JSON text frame each. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ToAgent.Welcome.class, name = "welcome"),
    @JsonSubTypes.Type(value = ToAgent.RunAction.class, name = "run"),
    @JsonSubTypes.Type(value = ToAgent.CancelAction.class, name = "cancel"),
    @JsonSubTypes.Type(value = ToAgent.OutcomeStored.class, name = "outcome-stored"),
    @JsonSubTypes.Type(value = ToAgent.SamplesStored.class, name = "samples-stored"),
    @JsonSubTypes.Type(value = ToAgent.LogsStored.class, name = "logs-stored"),
    @JsonSubTypes.Type(value = ToAgent.ReportFully.class, name = "report-fully")
})
public sealed interface ToAgent {

    /**
     * First frame: the hub knows the agent.
     *
     * @param sessionId identity of this connection
     * @param heartbeatSeconds the agent sends something at least this often and expects a WebSocket ping as often
     */
    record Welcome(String sessionId, long hostId, int heartbeatSeconds) implements ToAgent {}

    /** Run an action unless its id is known; then answer with what is recorded. Fields as in {@link ActionCommand.Run}. */
    record RunAction(
            String actionId,
            String action,
            ObjectNode args,
            int deadlineSeconds,
            ObjectRef subject,
            long fencingToken,
            ActionCommand.JobStep job)
            implements ToAgent {}

    /** Kill an action; the outcome is sent as for any other end. An unknown id is answered by a cancelled outcome. */
    record CancelAction(String actionId) implements ToAgent {}

    /** These outcomes are stored by the hub: the agent need not send them again. */
    record OutcomeStored(List<String> actionIds) implements ToAgent {}

    /** The samples of that number of the agent's epoch are in Kafka: the next may follow. Until then the agent keeps them. */
    record SamplesStored(long sequence) implements ToAgent {}

    /** The same for log lines. */
    record LogsStored(long sequence) implements ToAgent {}

    /** Send complete reports of these plug-ins at the next opportunity; an empty list means all. */
    record ReportFully(List<String> plugins) implements ToAgent {}
}
