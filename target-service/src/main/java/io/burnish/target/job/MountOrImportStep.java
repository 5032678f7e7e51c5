package io.burnish.target.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.job.Reason;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepFailure;
import io.burnish.kit.execution.StepScript;
import io.burnish.target.target.TargetStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a target's device available on one server and on no other, or on none; starts the target there if asked (orchestration 4.5).
 *
 * @param devices on all servers of the target
 * @param activeHost where it shall be available; {@code null}: nowhere
 * @param start whether the cluster shall also start it there
 * @param names node names of all servers, to recognise where the cluster has started it
 */
record MountOrImportStep(
        long targetId,
        String target,
        String haLabel,
        String deviceType,
        List<Device> devices,
        Long activeHost,
        boolean start,
        Map<String, Long> names)
        implements Step {

    @Override
    public String description() {
        if (activeHost == null) {
            return "Ensure target %s is available for use".formatted(target);
        }
        String host = active().host();
        return (start ? "Mounting target %s on node %s" : "Moving target %s to node %s").formatted(target, host);
    }

    @Override
    public ObjectNode args() {
        ObjectNode args = Json.object().put("target", target).put("start_target", start);
        return args.put("host", activeHost == null ? null : active().host());
    }

    private Device active() {
        return devices.stream()
                .filter(device -> device.hostId() == activeHost)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public JsonNode run(StepScript script) {
        exportElsewhere(script);
        if (activeHost == null) {
            return null;
        }
        Device device = active();
        script.call(
                device.hostId(),
                AgentAction.IMPORT_TARGET,
                device(device).put("pacemaker_ha_operation", false).put("validate_importable", start));
        if (!start) {
            return null;
        }
        JsonNode started = script.call(
                device.hostId(), AgentAction.START_TARGET, Json.object().put("ha_label", haLabel));
        String node = started.isTextual()
                ? started.asText()
                : started.path("node").asText(started.path("location").asText());
        Long host = names.get(node);
        if (host == null) {
            throw new StepFailure("Target %s was started on %s, which is none of its servers (%s)."
                    .formatted(target, node, names.keySet()));
        }
        script.effect(tx -> script.bean(TargetStore.class).activeOn(tx, targetId, host));
        return started;
    }

    /** A server that cannot be reached holds nothing that could be exported. */
    private void exportElsewhere(StepScript script) {
        List<Device> others = devices.stream()
                .filter(device -> activeHost == null || device.hostId() != activeHost)
                .toList();
        List<StepScript.AgentCall> calls = new ArrayList<>();
        others.forEach(device ->
                calls.add(new StepScript.AgentCall(device.hostId(), AgentAction.EXPORT_TARGET, device(device))));
        if (calls.isEmpty()) {
            return;
        }
        List<ActionOutcome> outcomes = script.outcomes(calls);
        for (int i = 0; i < outcomes.size(); i++) {
            String host = others.get(i).host();
            switch (outcomes.get(i)) {
                case ActionOutcome.Succeeded done -> {
                    // available here no more
                }
                case ActionOutcome.Unreachable away -> script.log("%s: %s".formatted(host, away.error()));
                case ActionOutcome.Failed failed ->
                    throw new StepFailure(
                            Reason.Code.STEP_FAILED,
                            "Target %s could not be released on %s: %s".formatted(target, host, failed.error()),
                            failed.detail());
                case ActionOutcome.Cancelled cancelled ->
                    throw new StepFailure(
                            "Target %s could not be released on %s: %s".formatted(target, host, cancelled.reason()));
            }
        }
    }

    private ObjectNode device(Device device) {
        return Json.object().put("device_type", deviceType).put("path", device.path());
    }
}
