package io.burnish.target.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.job.Dispatch;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepScript;
import io.burnish.kit.sql.Tx;
import io.burnish.target.target.Target;
import io.burnish.target.target.TargetStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code StartTargetJob} and {@code StopTargetJob} (orchestration 4.5). */
@ApplicationScoped
class StartStopTarget implements JobDefinition {

    private final Surroundings surroundings;

    StartStopTarget(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of("StartTargetJob", "StopTargetJob");
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(MountOrImportStep.class, UnmountStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        Target target = surroundings.target(tx, job);
        Device server = surroundings.bestServer(tx, target);
        String deviceType = surroundings.deviceType(tx, target);
        List<Device> devices = surroundings.devices(tx, target);
        if (job.jobClass().equals("StartTargetJob")) {
            return List.of(new MountOrImportStep(
                    target.id(),
                    target.name(),
                    target.haLabel(),
                    deviceType,
                    devices,
                    server.hostId(),
                    true,
                    surroundings.names(tx, target)));
        }
        return List.of(
                new UnmountStep(target.id(), target.name(), server.hostId(), server.host(), target.haLabel()),
                new MountOrImportStep(
                        target.id(), target.name(), target.haLabel(), deviceType, devices, null, false, Map.of()));
    }

    /** Any member of the cluster can stop a target, wherever it runs. */
    record UnmountStep(long targetId, String target, long hostId, String host, String haLabel) implements Step {

        @Override
        public String description() {
            return "Stop target %s".formatted(target);
        }

        @Override
        public ObjectNode args() {
            return Json.object().put("target", target).put("host", host);
        }

        @Override
        public JsonNode run(StepScript script) {
            JsonNode result =
                    script.call(hostId, AgentAction.STOP_TARGET, Json.object().put("ha_label", haLabel));
            script.effect(tx -> script.bean(TargetStore.class).activeOn(tx, targetId, null));
            return result;
        }
    }
}
