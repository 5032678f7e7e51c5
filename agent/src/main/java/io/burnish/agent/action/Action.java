package io.burnish.agent.action;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;

/**
 * Something that the manager can ask a server to do. Implementations hold no state of a run: one instance serves all runs at the
 * same time.
 *
 * <p>After a restart of the agent an unfinished action is run again with the same arguments
 * ({@link ActionContext#resumed()}): it is written so that this leads to the same end. What must not happen twice runs as a
 * command with {@link ActionContext#onceKey}.
 */
public interface Action {

    /** Which it is. */
    AgentAction id();

    /** Completes the sentence "could not …", for example {@code format fs1-OST0000 on /dev/sdb}. */
    String purpose(ActionArguments arguments);

    /**
     * Does it.
     *
     * @return the result; {@code null} if there is none
     * @throws io.burnish.agent.command.ActionFailedException if it cannot be done; the message is for the user
     */
    JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException;

    /**
     * An action that does its main thing only after the hub has its answer, because the server or the agent goes down with it
     * (agent contract, 4.1, "callback after response").
     */
    interface ActsAfterAnswer extends Action {

        /** Does the main thing; called once. */
        void act(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException;

        /**
         * Whether {@link #act} is still to be done by a new life of the agent that finds it undone.
         *
         * @param rebooted the server has been down since the action was accepted
         */
        boolean stillWanted(boolean rebooted);
    }
}
