package io.burnish.agent.action;

import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;

/** The way of actions to the hub. Neither method waits. */
public interface Answers {

    /** An outcome that is in the journal; may be called several times for one id. */
    void outcome(String actionId, ActionOutcome outcome);

    /** A piece of console text of a running action; may be dropped when the hub is away too long. */
    void console(String actionId, ActionCommand.JobStep job, String text);
}
