package io.burnish.target.job;

import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.Step;
import io.burnish.kit.sql.Tx;
import io.burnish.target.target.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code RegisterTargetJob} (orchestration 4.5). */
@ApplicationScoped
class RegisterTarget implements JobDefinition {

    private final Surroundings surroundings;

    RegisterTarget(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of("RegisterTargetJob");
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(
                MountOrImportStep.class,
                RegisterSteps.RegisterTargetStep.class,
                RegisterSteps.GenerateHaLabelStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        Target target = surroundings.target(tx, job);
        List<Step> steps = new ArrayList<>();
        if (target.kind() != TargetKind.MGT) {
            requireMgsOnPrimary(surroundings.mgt(tx, target));
            String deviceType = surroundings.deviceType(tx, target);
            List<Device> devices = surroundings.devices(tx, target);
            Device primary = devices.getFirst();
            steps.add(available(target, deviceType, devices, primary.hostId()));
            steps.add(new RegisterSteps.RegisterTargetStep(
                    target.name(), primary, target.primary().mountPoint(), Surroundings.backFilesystem(deviceType)));
            steps.add(available(target, deviceType, devices, null));
        }
        steps.add(new RegisterSteps.GenerateHaLabelStep(target.id(), target.name()));
        return steps;
    }

    private static Step available(Target target, String deviceType, List<Device> devices, Long host) {
        return new MountOrImportStep(
                target.id(), target.name(), target.haLabel(), deviceType, devices, host, false, Map.of());
    }

    /** A first registration does not look for the MGS on its failover server. */
    private static void requireMgsOnPrimary(Target mgt) {
        if (mgt.active().filter(Target.Mount::primary).isEmpty()) {
            throw Surroundings.refusal(
                    ObjectRef.target(mgt.id()),
                    "The MGS must run on its primary server while targets register: fail it back first.");
        }
    }
}
