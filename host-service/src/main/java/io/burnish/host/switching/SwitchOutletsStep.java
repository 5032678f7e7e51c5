package io.burnish.host.switching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepScript;

/** Switches all outlets that feed a server. Repeating it does no harm: what is off stays off. */
record SwitchOutletsStep(long hostId, String host, boolean on) implements Step {

    @Override
    public String stepClass() {
        return "TogglePduOutletStateStep";
    }

    @Override
    public String description() {
        return "Switch all outlets of %s %s".formatted(host, on ? "on" : "off");
    }

    @Override
    public ObjectNode args() {
        return JsonNodeFactory.instance.objectNode().put("host", host).put("toggle_state", on ? "on" : "off");
    }

    @Override
    public JsonNode run(StepScript script) {
        JsonNode done = script.activity(
                SwitchOutlets.NAME,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("host_id", hostId)
                        .put("host", host)
                        .put("on", on));
        done.forEach(outlet -> script.log("Outlet %s is %s.".formatted(outlet.asText(), on ? "on" : "off")));
        return done;
    }
}
