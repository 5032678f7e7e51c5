package io.burnish.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.LocalAgent;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.ActionOutcome;
import java.util.Optional;

/**
 * {@code action NAME [--argument value …]}: runs one action here and prints {@code {"success": true, "result": …}} or
 * {@code {"success": false, "error": …}}; exit status 0 or 1. The resource agent uses it.
 */
record LocalCommand(HostSystem host) {

    int run(Options options) {
        if (options.words().isEmpty()) {
            throw new Options.UsageException("which action?");
        }
        String name = options.words().getFirst();
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        options.named().forEach((key, value) -> arguments.set(key, json(value)));
        Optional<ActionOutcome> outcome = LocalAgent.on(host).run(name, arguments);
        ObjectNode printed = JsonNodeFactory.instance.objectNode();
        boolean success = outcome.orElse(null) instanceof ActionOutcome.Succeeded;
        printed.put("success", success);
        switch (outcome.orElse(null)) {
            case ActionOutcome.Succeeded succeeded -> printed.set("result", succeeded.result());
            case ActionOutcome.Failed failed -> printed.put("error", failed.error());
            case ActionOutcome.Cancelled cancelled -> printed.put("error", cancelled.reason());
            case ActionOutcome.Unreachable unreachable -> printed.put("error", unreachable.error());
            case null -> printed.put("error", "there is no action '" + name + "'");
        }
        System.out.println(ContractJson.text(printed));
        return success ? 0 : 1;
    }

    /** Lists and objects are given as JSON, everything else is text. */
    private static JsonNode json(String value) {
        return value.startsWith("{") || value.startsWith("[")
                ? ContractJson.read(value, JsonNode.class)
                : JsonNodeFactory.instance.textNode(value);
    }
}
