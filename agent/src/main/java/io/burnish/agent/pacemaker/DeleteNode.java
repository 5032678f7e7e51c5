package io.burnish.agent.pacemaker;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.contracts.agent.AgentAction;
import java.util.Optional;

/** Makes the cluster forget a node (agent contract, 10.4). */
final class DeleteNode implements Action {

    @Override
    public AgentAction id() {
        return AgentAction.DELETE_NODE;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "delete node " + arguments.text("nodename") + " from the cluster";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
        String name = arguments.text("nodename");
        Optional<String> id = ClusterNodes.query(context.commands()).id(name);
        if (id.isPresent()) {
            context.commands().tryRun("crm_node", "--force", "-R", id.get());
        }
        Cib cib = new Cib(context);
        String uname = "uname=\"" + Xml.quoted(name) + "\"";
        cib.delete("--delete", "-o", "nodes", "-X", "<node " + uname + "/>");
        cib.delete("--delete", "-o", "status", "-X", "<node_state " + uname + "/>");
        return null;
    }
}
