package io.burnish.agent.fencing;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.pacemaker.Cib;
import io.burnish.agent.pacemaker.ClusterNodes;
import io.burnish.agent.service.ServiceControl;
import io.burnish.contracts.agent.AgentAction;

/** Removes how this node is fenced; only the last node of a cluster does that (agent contract, 10.5). */
final class UnconfigureFencing implements Action {

    @Override
    public AgentAction id() {
        return AgentAction.UNCONFIGURE_FENCING;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "unconfigure fencing";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
        if (!new ServiceControl(context).active("pacemaker")) {
            return null;
        }
        ClusterNodes nodes = ClusterNodes.query(context.commands());
        if (nodes.ids().size() > 1) {
            return null;
        }
        String node = nodes.nameOf(context.host().names());
        ConfigureFencing.clear(context, FenceAttributes.of(new Cib(context).query(), node), node);
        return null;
    }
}
