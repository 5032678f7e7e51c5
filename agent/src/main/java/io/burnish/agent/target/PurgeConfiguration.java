package io.burnish.agent.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.contracts.agent.AgentAction;

/** Deletes a file system's configuration logs from the mounted MGT (agent contract, 9.8). */
final class PurgeConfiguration implements Action {

    @Override
    public AgentAction id() {
        return AgentAction.PURGE_CONFIGURATION;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "delete the configuration of file system " + arguments.text("filesystem_name") + " from the MGS";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
        context.commands().tryRun("lctl", "erase_lcfg", arguments.text("filesystem_name"));
        return null;
    }
}
