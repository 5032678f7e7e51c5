package io.burnish.kit.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;

/**
 * One action on one server, and nothing else.
 *
 * @param name class name as shown in {@code /api/step/}
 * @param text one line for the user
 * @param arguments of the action
 */
public record ActionStep(String name, String text, long hostId, String host, AgentAction action, ObjectNode arguments)
        implements Step {

    @Override
    public String stepClass() {
        return name;
    }

    @Override
    public String description() {
        return text;
    }

    @Override
    public ObjectNode args() {
        return arguments.deepCopy().put("host", host);
    }

    @Override
    public boolean idempotent() {
        return action.idempotent();
    }

    @Override
    public JsonNode run(StepScript script) {
        return script.call(hostId, action, arguments);
    }
}
