package io.burnish.host.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.agent.report.NetworkReport;
import io.burnish.host.report.LearnedReports;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepScript;
import java.util.List;

/** Learns the present interfaces and NIDs, so that whoever waits for this job also knows them; a failure is only logged. */
record RefreshLnetStep(long hostId, String host, String plugin) implements Step {

    @Override
    public String description() {
        return "Learn the network of %s".formatted(host);
    }

    @Override
    public ObjectNode args() {
        return Json.object().put("host", host).put("plugin", plugin);
    }

    @Override
    public JsonNode run(StepScript script) {
        ActionOutcome outcome =
                script.outcome(hostId, AgentAction.DEVICE_PLUGIN, Json.object().put("plugin", plugin));
        if (outcome instanceof ActionOutcome.Succeeded(JsonNode result, List<ActionOutcome.CommandRecord> commands)) {
            JsonNode body = result.path(NetworkReport.PLUGIN);
            script.effect(tx -> script.bean(LearnedReports.class).apply(tx, hostId, plugin, body));
        } else {
            script.log("The network of " + host + " could not be read: " + outcome.why());
        }
        return null;
    }
}
