package io.burnish.agent.action;

/** How an action ends the agent that runs it. */
@FunctionalInterface
public interface AgentExit {

    /** Ends the agent. */
    void exit(Reason reason);

    /** Why the agent ends. */
    enum Reason {
        /** The server was removed from the manager. */
        DEREGISTERED,
        /** The server goes down. */
        SERVER_GOES_DOWN,
        /** Somebody closed it. */
        CLOSED
    }
}
