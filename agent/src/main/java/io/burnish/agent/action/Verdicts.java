package io.burnish.agent.action;

import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.ToAgent;
import java.util.List;

/** Outcomes of actions that are not run. */
record Verdicts(String serverName) {

    ActionOutcome neverRan() {
        return new ActionOutcome.Cancelled("cancelled before it ran on the server", List.of());
    }

    ActionOutcome longAgo(String id) {
        return failed("Action " + id + " ran on server " + serverName
                + " long ago; the manager has stored its outcome, which is not kept on the server any more");
    }

    ActionOutcome outdated(ToAgent.RunAction request, long newest) {
        return failed("Server " + serverName + " refused " + request.action() + ": a newer job holds "
                + request.subject() + " (token " + request.fencingToken() + " is older than " + newest + ")");
    }

    ActionOutcome unknown(String action) {
        return failed(
                "The agent on server " + serverName + " does not know the action '" + action + "': update the agent");
    }

    private static ActionOutcome failed(String error) {
        return new ActionOutcome.Failed(error, null, List.of());
    }
}
