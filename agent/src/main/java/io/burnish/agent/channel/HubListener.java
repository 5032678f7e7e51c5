package io.burnish.agent.channel;

import io.burnish.contracts.agent.ToAgent;

/** What the agent does with the hub's messages. Called on one thread, in the order of the messages. */
public interface HubListener {

    /** The hub knows this agent; outcomes that it has not stored are to be sent again. */
    void welcomed(ToAgent.Welcome welcome);

    /** A message after that. */
    void received(ToAgent message);

    /** The connection is gone. Follows each {@link #welcomed} once. */
    void disconnected();
}
