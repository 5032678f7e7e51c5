package io.burnish.host.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.agent.report.DetectScanResult;
import io.burnish.contracts.call.Detection;
import io.burnish.host.volume.ServerDevices;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepFailure;
import io.burnish.kit.execution.StepScript;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for Lustre targets on the devices of several servers at the same time, and tells the owner of file systems what was found (orchestration
 * 4.1, 10.6). A server that cannot look is left out and named: targets that only it sees are not found, the others are.
 */
record DetectTargetsStep(List<NamedHost> hosts) implements Step {

    @Override
    public String description() {
        return "Scan %d servers for Lustre targets".formatted(hosts.size());
    }

    @Override
    public ObjectNode args() {
        return NamedHost.args(hosts);
    }

    @Override
    public JsonNode run(StepScript script) {
        List<Detection.ServerScan> scans = scan(script);
        if (scans.isEmpty() && !hosts.isEmpty()) {
            throw new StepFailure("No server could be scanned for Lustre targets. The log of this step says why.");
        }
        JsonNode reply =
                script.activity(ReportDetection.NAME, ContractJson.mapper().valueToTree(new Detection(scans)));
        reply.path("lines").forEach(line -> script.log(line.asText()));
        return null;
    }

    private List<Detection.ServerScan> scan(StepScript script) {
        List<StepScript.AgentCall> calls = new ArrayList<>();
        for (NamedHost host : hosts) {
            JsonNode devices = script.note(tx -> devices(ServerDevices.of(tx, host.id())));
            ObjectNode args = Json.object();
            args.set("target_devices", devices);
            calls.add(new StepScript.AgentCall(host.id(), AgentAction.DETECT_SCAN, args));
        }
        List<ActionOutcome> outcomes = script.outcomes(calls);
        List<Detection.ServerScan> scans = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            NamedHost host = hosts.get(i);
            if (outcomes.get(i) instanceof ActionOutcome.Succeeded done) {
                scans.add(new Detection.ServerScan(
                        host.id(), ContractJson.mapper().convertValue(done.result(), DetectScanResult.class)));
            } else {
                script.log("%s could not be scanned: %s"
                        .formatted(host.label(), outcomes.get(i).why()));
            }
        }
        return scans;
    }

    /** Without uuids: the agent reads that of the file system on a device, by which mounts are reported too. */
    private static JsonNode devices(List<ServerDevices.Device> devices) {
        ArrayNode list = ContractJson.mapper().createArrayNode();
        devices.forEach(device -> list.addObject()
                .put("path", device.path())
                .put("type", device.type())
                .putNull("uuid"));
        return list;
    }
}
