package io.burnish.agent.fencing;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.action.Action;
import io.burnish.agent.action.ActionArguments;
import io.burnish.agent.action.ActionContext;
import io.burnish.agent.pacemaker.Cib;
import io.burnish.agent.pacemaker.ClusterNodes;
import io.burnish.agent.pacemaker.ClusterOptions;
import io.burnish.contracts.agent.AgentAction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stores in the cluster how this node is fenced, so that any other can do it (agent contract, 10.5). All attributes come in one change, so
 * that nobody fences with half of them, and by standard input, since they hold passwords and everybody sees the arguments of a process.
 */
final class ConfigureFencing implements Action {

    @Override
    public AgentAction id() {
        return AgentAction.CONFIGURE_FENCING;
    }

    @Override
    public String purpose(ActionArguments arguments) {
        return "configure fencing";
    }

    @Override
    public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
        Cib cib = new Cib(context);
        ClusterNodes nodes = ClusterNodes.query(context.commands());
        String node = nodes.nameOf(context.host().names());
        String id = nodes.requireId(node);
        clear(context, FenceAttributes.of(cib.query(), node), node);
        FenceAttributes wanted = wanted(arguments.raw("agents"));
        if (!wanted.agents().isEmpty()) {
            cib.modify("nodes", wanted.xml(id));
        }
        ClusterOptions.fencingOn().apply(cib);
        return null;
    }

    static void clear(ActionContext context, FenceAttributes old, String node) throws InterruptedException {
        for (String name : old.namesForRemoval()) {
            context.commands().tryRun("crm_attribute", "-D", "-t", "nodes", "-U", node, "-n", name);
        }
    }

    private static FenceAttributes wanted(JsonNode agents) {
        Map<Integer, Map<String, String>> wanted = new TreeMap<>();
        int number = 0;
        for (JsonNode agent : agents) {
            Map<String, String> settings = new LinkedHashMap<>();
            agent.properties().forEach(entry -> {
                if (!entry.getValue().isNull()) {
                    settings.put(entry.getKey(), text(entry.getValue()));
                }
            });
            wanted.put(number++, settings);
        }
        return new FenceAttributes(wanted);
    }

    private static String text(JsonNode value) {
        return value.isBoolean() ? value.asBoolean() ? "1" : "0" : value.asText();
    }
}
