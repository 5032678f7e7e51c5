package io.burnish.host.fencing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepFailure;
import io.burnish.kit.execution.StepScript;

/**
 * Has a server store in its cluster how it is fenced.
 *
 * @param state of the server
 * @param agents as the action takes them, passwords by reference
 */
record ConfigureFencingStep(long hostId, String host, String state, ArrayNode agents) implements Step {

    private static final String MANAGED = "managed";

    @Override
    public String stepClass() {
        return "ConfigureHostFencingStep";
    }

    @Override
    public String description() {
        return "Configure fencing agent on %s".formatted(host);
    }

    @Override
    public ObjectNode args() {
        return JsonNodeFactory.instance.objectNode().put("host", host).put("agents", agents.size());
    }

    @Override
    public JsonNode run(StepScript script) {
        if (!state.equals(MANAGED)) {
            throw new StepFailure(
                    "Fencing of %s cannot be configured: the server is %s. Set it up first, fencing follows by itself."
                            .formatted(host, state));
        }
        ObjectNode args = JsonNodeFactory.instance.objectNode();
        args.set("agents", agents);
        return script.call(hostId, AgentAction.CONFIGURE_FENCING, args);
    }
}
