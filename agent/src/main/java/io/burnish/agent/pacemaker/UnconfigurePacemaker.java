package io.burnish.agent.pacemaker;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.service.ServiceControl;
import io.burnish.contracts.agent.AgentAction;
import java.io.IOException;

/** Takes this node out of service; the last node of a cluster also empties its database (agent contract, 10.4). */
final class UnconfigurePacemaker implements Action {

    @Override
    public AgentAction id() {
        return AgentAction.UNCONFIGURE_PACEMAKER;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "unconfigure Pacemaker";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException, IOException {
        ServiceControl services = new ServiceControl(context);
        if (!services.active("pacemaker")) {
            return null;
        }
        if (ClusterNodes.query(context.commands()).count() < 2) {
            new Cib(context).run("-f", "-E");
        }
        services.stop("pacemaker");
        services.disable("pacemaker");
        return null;
    }
}
