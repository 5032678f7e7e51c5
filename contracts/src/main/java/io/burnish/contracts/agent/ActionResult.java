package io.burnish.contracts.agent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.burnish.contracts.ServiceName;

/** From the hub to the service that asked for an action. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ActionResult.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = ActionResult.SessionOpened.class, name = "session-opened")
})
public sealed interface ActionResult {

    /** The server. */
    long hostId();

    /** The action ended; sent once per action, repeated only by redelivery. */
    record Finished(String actionId, long hostId, ServiceName replyTo, ActionOutcome outcome, ActionCommand.JobStep job)
            implements ActionResult {}

    /**
     * A server's agent has connected; for those who wait for a restart.
     *
     * @param agentEpoch identity of the agent's run, another after each start
     * @param bootId identity of the server's boot, another after each boot
     */
    record SessionOpened(long hostId, String agentEpoch, String bootId) implements ActionResult {}
}
