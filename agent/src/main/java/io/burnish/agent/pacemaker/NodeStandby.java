package io.burnish.agent.pacemaker;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.contracts.agent.AgentAction;

/** Takes a node out of service for resources, or back (agent contract, 10.4). */
record NodeStandby(AgentAction id, String value) implements Action {

    static NodeStandby standby() {
        return new NodeStandby(AgentAction.SET_NODE_STANDBY, "on");
    }

    static NodeStandby online() {
        return new NodeStandby(AgentAction.SET_NODE_ONLINE, "off");
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "switch standby of node " + arguments.text("node") + " " + value;
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
        String node = arguments.text("node");
        context.commands().tryRun("crm_attribute", "-N", node, "-n", "standby", "-v", value, "--lifetime=forever");
        return null;
    }
}
