package io.burnish.agent.fencing;

import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.command.Commands;
import io.burnish.agent.pacemaker.Xml;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/**
 * What Pacemaker calls as {@code fence_chroma}: switches the power of a node through the agents that are configured for it in the cluster
 * (agent contract, 10.5).
 */
public record FenceAgent(Commands commands) {

    private static final String STANDBY = "standby";

    /** Nodes that can be fenced. */
    public List<String> nodes() throws InterruptedException {
        Element cib = query();
        List<String> nodes = new ArrayList<>();
        for (Element node : Xml.all(cib, "node")) {
            String name = node.getAttribute("uname");
            if (!name.isEmpty() && !FenceAttributes.of(cib, name).agents().isEmpty()) {
                nodes.add(name);
            }
        }
        return nodes;
    }

    /**
     * Fences.
     *
     * @param action {@code on}, {@code off} or {@code reboot}
     * @throws ActionFailedException if a fence agent fails, or none is configured
     */
    public void fence(String node, String action) throws InterruptedException {
        Element cib = query();
        if (inStandby(cib, node)) {
            // somebody works on that server
            return;
        }
        FenceAttributes attributes = FenceAttributes.of(cib, node);
        if (attributes.agents().isEmpty()) {
            throw new ActionFailedException("no fence agent is configured for node " + node);
        }
        // all supplies off before any is on again: a server with two would survive otherwise
        List<String> steps = action.equals("reboot") ? List.of("off", "on") : List.of(action);
        for (String step : steps) {
            for (Map<String, String> agent : attributes.agents().values()) {
                CommandLine order = FenceOrder.of(agent, step);
                CommandResult result = commands.run(order);
                if (!result.ok()) {
                    throw commands.failure(order, result);
                }
            }
        }
    }

    private Element query() throws InterruptedException {
        String text = commands.tryRun("cibadmin", "--query");
        return Xml.parse(text).orElseThrow(() -> new ActionFailedException("'cibadmin --query' did not print XML"));
    }

    private static boolean inStandby(Element cib, String node) {
        return Xml.all(cib, "node").stream()
                .filter(element -> element.getAttribute("uname").equals(node))
                .flatMap(element -> Xml.all(element, "nvpair").stream())
                .anyMatch(pair -> pair.getAttribute("name").equals(STANDBY)
                        && pair.getAttribute("value").equals("on"));
    }
}
