package io.burnish.agent.corosync;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;

/** Sets the address of ring 1; ring 0 is never touched (agent contract, 10.1). */
final class ConfigureNetwork implements Action {

    @Override
    public AgentAction id() {
        return AgentAction.CONFIGURE_NETWORK;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "set the address of interface " + arguments.text("ring1_name");
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
        new RingAddress(context)
                .set(arguments.text("ring1_name"), arguments.text("ring1_ipaddr"), arguments.number("ring1_prefix"));
        return null;
    }
}
