package io.burnish.target.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.Step;
import io.burnish.kit.execution.StepScript;
import io.burnish.kit.sql.Tx;
import io.burnish.target.target.Target;
import io.burnish.target.target.TargetStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** {@code FailoverTargetJob} and {@code FailbackTargetJob} (orchestration 4.5). */
@ApplicationScoped
class MoveTarget implements JobDefinition {

    private final Surroundings surroundings;
    private final TargetStore targets;

    MoveTarget(Surroundings surroundings, TargetStore targets) {
        this.surroundings = surroundings;
        this.targets = targets;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of("FailoverTargetJob", "FailbackTargetJob");
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(FailoverTargetStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        Target target = surroundings.target(tx, job);
        boolean back = job.jobClass().equals("FailbackTargetJob");
        Target.Mount to = target.mounts().stream()
                .filter(mount -> mount.primary() == back)
                .findFirst()
                .orElseThrow(() -> Surroundings.refusal(
                        ObjectRef.target(target.id()), "Target " + target.name() + " has no failover server."));
        return List.of(new FailoverTargetStep(
                target.id(),
                target.name(),
                to.hostId(),
                surroundings.host(tx, to.hostId()).label(),
                target.haLabel(),
                back));
    }

    @Override
    public void succeeded(Tx tx, Dispatch.RunJob job) {
        targets.changed(tx, job.subject().id(), false);
    }

    /** Moves the resource to another server of its cluster. */
    record FailoverTargetStep(long targetId, String target, long hostId, String host, String haLabel, boolean back)
            implements Step {

        @Override
        public String description() {
            return "Moving target %s to node %s".formatted(target, host);
        }

        @Override
        public ObjectNode args() {
            return Json.object().put("target", target).put("host", host);
        }

        @Override
        public JsonNode run(StepScript script) {
            JsonNode result = script.call(
                    hostId,
                    back ? AgentAction.FAILBACK_TARGET : AgentAction.FAILOVER_TARGET,
                    Json.object().put("ha_label", haLabel));
            script.effect(tx -> script.bean(TargetStore.class).activeOn(tx, targetId, hostId));
            return result;
        }
    }
}
