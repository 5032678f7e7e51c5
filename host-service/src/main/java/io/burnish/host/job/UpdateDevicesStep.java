package io.burnish.host.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.host.report.LearnedReports;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepScript;
import java.util.ArrayList;
import java.util.List;

/** Learns the devices of several servers, which look at the same time; what one cannot say is only logged (orchestration 4.1). */
record UpdateDevicesStep(List<NamedHost> hosts) implements Step {

    private static final String DEVICES = "linux";

    @Override
    public String description() {
        return "Update the device info of %d servers".formatted(hosts.size());
    }

    @Override
    public ObjectNode args() {
        return NamedHost.args(hosts);
    }

    @Override
    public JsonNode run(StepScript script) {
        List<StepScript.AgentCall> calls = new ArrayList<>();
        hosts.forEach(host -> calls.add(new StepScript.AgentCall(
                host.id(), AgentAction.DEVICE_PLUGIN, Json.object().put("plugin", DEVICES))));
        List<ActionOutcome> outcomes = script.outcomes(calls);
        for (int i = 0; i < outcomes.size(); i++) {
            NamedHost host = hosts.get(i);
            if (outcomes.get(i) instanceof ActionOutcome.Succeeded done) {
                JsonNode body = done.result().path(DEVICES);
                script.effect(tx -> script.bean(LearnedReports.class).apply(tx, host.id(), DEVICES, body));
            } else {
                script.log("The devices of %s could not be read: %s"
                        .formatted(host.label(), outcomes.get(i).why()));
            }
        }
        return null;
    }
}
