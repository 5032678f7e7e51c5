package io.burnish.host.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepScript;

/**
 * Checks whether a server could be added.
 *
 * @param credentials under which its credentials are kept
 */
record HostTestStep(String address, String credentials) implements Step {

    @Override
    public String description() {
        return "Test connection to " + address;
    }

    @Override
    public ObjectNode args() {
        return JsonNodeFactory.instance.objectNode().put("address", address);
    }

    @Override
    public JsonNode run(StepScript script) {
        JsonNode outcome = script.activity(HostTestActivity.NAME, args().put("credentials", credentials));
        if (!outcome.path("log").asText().isEmpty()) {
            script.log(outcome.path("log").asText());
        }
        return outcome.path("result");
    }
}
