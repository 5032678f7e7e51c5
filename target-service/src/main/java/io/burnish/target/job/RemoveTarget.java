package io.burnish.target.job;

import io.burnish.contracts.job.Dispatch;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.Step;
import io.burnish.kit.sql.Tx;
import io.burnish.target.target.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code RemoveConfiguredTargetJob}: failover servers first; the other removals touch no server (orchestration 4.5). */
@ApplicationScoped
class RemoveTarget implements JobDefinition {

    private final Surroundings surroundings;

    RemoveTarget(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of("RemoveConfiguredTargetJob", "RemoveTargetJob", "ForgetTargetJob");
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(
                ConfigureSteps.RemoveTargetFromPacemakerConfigStep.class,
                ConfigureSteps.UnconfigureTargetStoreStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        if (!job.jobClass().equals("RemoveConfiguredTargetJob")) {
            return List.of();
        }
        Target target = surroundings.target(tx, job);
        List<Target.Mount> failoverFirst = target.mounts().reversed();
        List<Step> steps = new ArrayList<>();
        for (Target.Mount mount : failoverFirst) {
            steps.add(new ConfigureSteps.RemoveTargetFromPacemakerConfigStep(
                    target.name(),
                    mount.hostId(),
                    surroundings.host(tx, mount.hostId()).label(),
                    target.haLabel(),
                    target.uuid(),
                    mount.primary()));
        }
        for (Target.Mount mount : failoverFirst) {
            steps.add(new ConfigureSteps.UnconfigureTargetStoreStep(
                    target.name(),
                    mount.hostId(),
                    surroundings.host(tx, mount.hostId()).label(),
                    target.uuid()));
        }
        return steps;
    }
}
