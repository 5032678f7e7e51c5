package io.burnish.agent.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;

/** Mounts a fresh target once, so that the MGS gets to know it (agent contract, 9.3). */
final class RegisterTarget implements Action {

    @Override
    public AgentAction id() {
        return AgentAction.REGISTER_TARGET;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "register the target on " + arguments.text("device_path");
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
        String device = arguments.text("device_path");
        TargetStorage storage = TargetStorage.ofBackFilesystem(arguments.text("backfstype"));
        TargetMount mounts = new TargetMount(context, storage);
        mounts.mount(device, arguments.text("mount_point"));
        mounts.unmount(device);
        String label = storage.label(context, device);
        if (label.contains(":") || label.contains("=")) {
            // the separator becomes a dash when the MGS has accepted the target (real Lustre, 8)
            throw new ActionFailedException("the target is still labelled '" + label
                    + "': the MGS has not registered it although it was mounted");
        }
        return JsonNodeFactory.instance.objectNode().put("label", label);
    }
}
