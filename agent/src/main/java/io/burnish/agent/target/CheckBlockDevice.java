package io.burnish.agent.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.contracts.agent.AgentAction;
import java.util.Optional;

/** Makes sure that a device carries nothing (agent contract, 9.1). */
final class CheckBlockDevice implements Action {

    @Override
    public AgentAction id() {
        return AgentAction.CHECK_BLOCK_DEVICE;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "use " + arguments.text("path");
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
        TargetStorage storage = TargetStorage.of(arguments.text("device_type"));
        Optional<String> occupant = storage.occupant(context, arguments.text("path"));
        if (occupant.isPresent()) {
            throw new ActionFailedException(occupant.get());
        }
        return null;
    }
}
