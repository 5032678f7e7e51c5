package io.burnish.agent.corosync;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.firewall.Firewall;
import io.burnish.contracts.agent.AgentAction;

/** Changes this server's multicast port (agent contract, 10.3). */
final class ChangeMulticastPort implements Action {

    @Override
    public AgentAction id() {
        return AgentAction.CHANGE_MCAST_PORT;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "change the multicast port to " + arguments.number("new_mcast_port");
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
        int port = arguments.number("new_mcast_port");
        Firewall firewall = new Firewall(context);
        if (arguments.optionalText("old_mcast_port").isPresent()) {
            firewall.close(arguments.number("old_mcast_port"), "udp");
        }
        firewall.open(port, "udp");
        context.commands()
                .tryRun("sed", "-i.bak", "s/mcastport:.*/mcastport: " + port + "/g", "/etc/corosync/corosync.conf");
        return null;
    }
}
