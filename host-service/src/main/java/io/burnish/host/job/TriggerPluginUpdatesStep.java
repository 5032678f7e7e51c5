package io.burnish.host.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepFailure;
import io.burnish.kit.execution.StepScript;
import java.util.ArrayList;
import java.util.List;

/**
 * Has several servers report completely with their next look (orchestration 4.1).
 *
 * @param plugins empty: all
 */
record TriggerPluginUpdatesStep(List<NamedHost> hosts, List<String> plugins) implements Step {

    @Override
    public String description() {
        return "Trigger complete reports of %d servers".formatted(hosts.size());
    }

    @Override
    public ObjectNode args() {
        ObjectNode args = Json.object();
        hosts.forEach(host -> args.withArray("/hosts").add(host.label()));
        args.set("plugin_names", names());
        return args;
    }

    private JsonNode names() {
        return Json.object()
                .withArray("/names")
                .addAll(plugins.stream()
                        .map(name -> (JsonNode) TextNode.valueOf(name))
                        .toList());
    }

    @Override
    public JsonNode run(StepScript script) {
        List<StepScript.AgentCall> calls = new ArrayList<>();
        for (NamedHost host : hosts) {
            ObjectNode args = Json.object();
            args.set("plugin_names", names());
            calls.add(new StepScript.AgentCall(host.id(), AgentAction.TRIGGER_PLUGIN_UPDATE, args));
        }
        List<String> failed = new ArrayList<>();
        List<ActionOutcome> outcomes = script.outcomes(calls);
        for (int i = 0; i < outcomes.size(); i++) {
            if (!(outcomes.get(i) instanceof ActionOutcome.Succeeded)) {
                script.log(
                        "%s: %s".formatted(hosts.get(i).label(), outcomes.get(i).why()));
                failed.add(hosts.get(i).label());
            }
        }
        if (!failed.isEmpty()) {
            throw new StepFailure("These servers were not reached: %s. Check their agents and repeat the job."
                    .formatted(String.join(", ", failed)));
        }
        return null;
    }
}
