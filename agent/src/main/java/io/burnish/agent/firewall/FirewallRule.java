package io.burnish.agent.firewall;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.contracts.agent.AgentAction;
import java.util.List;
import java.util.Optional;

/** Opens or closes the firewall for a port or an address (agent contract, 11). */
record FirewallRule(AgentAction id, boolean open) implements Action {

    static List<Action> both() {
        return List.of(
                new FirewallRule(AgentAction.OPEN_FIREWALL, true), new FirewallRule(AgentAction.CLOSE_FIREWALL, false));
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return (open ? "open" : "close") + " the firewall for "
                + arguments.optionalText("address").orElse("port " + arguments.number("port"));
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
        Firewall firewall = new Firewall(context);
        String protocol = arguments.text("proto");
        Optional<String> address = arguments.optionalText("address");
        if (address.isPresent() && open) {
            firewall.openAddress(address.get(), protocol);
        } else if (address.isPresent()) {
            firewall.closeAddress(address.get(), protocol);
        } else if (open) {
            firewall.open(arguments.number("port"), protocol);
        } else {
            firewall.close(arguments.number("port"), protocol);
        }
        return null;
    }
}
