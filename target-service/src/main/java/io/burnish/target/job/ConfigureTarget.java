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

/** {@code ConfigureTargetJob} (orchestration 4.5): in each group of steps the primary server comes first. */
@ApplicationScoped
class ConfigureTarget implements JobDefinition {

    private final Surroundings surroundings;

    ConfigureTarget(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of("ConfigureTargetJob");
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(
                ConfigureSteps.OpenLustreFirewallStep.class,
                ConfigureSteps.ConfigureTargetStoreStep.class,
                ConfigureSteps.AddTargetToPacemakerConfigStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        Target target = surroundings.target(tx, job);
        String deviceType = surroundings.deviceType(tx, target);
        List<Step> firewall = new ArrayList<>();
        List<Step> store = new ArrayList<>();
        List<Step> cluster = new ArrayList<>();
        for (Target.Mount mount : target.mounts()) {
            String host = surroundings.host(tx, mount.hostId()).label();
            Device device = new Device(mount.hostId(), host, mount.path());
            firewall.add(new ConfigureSteps.OpenLustreFirewallStep(mount.hostId(), host));
            store.add(new ConfigureSteps.ConfigureTargetStoreStep(
                    target.name(),
                    device,
                    target.uuid(),
                    mount.mountPoint(),
                    Surroundings.backFilesystem(deviceType),
                    deviceType));
            cluster.add(new ConfigureSteps.AddTargetToPacemakerConfigStep(
                    target.name(), device, target.haLabel(), target.uuid(), mount.primary(), mount.mountPoint()));
        }
        List<Step> steps = new ArrayList<>(firewall);
        steps.addAll(store);
        steps.addAll(cluster);
        return steps;
    }
}
