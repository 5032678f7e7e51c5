package io.burnish.host.switching;

import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.host.host.HostStore;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.Step;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Switching a server's power (orchestration 4.1). A cycle takes all outlets off before any is on again: two supplies would keep it up. */
@ApplicationScoped
class PowerJobs implements JobDefinition {

    private static final String ON = "PoweronHostJob";
    private static final String OFF = "PoweroffHostJob";
    private static final String CYCLE = "PowercycleHostJob";

    private final HostStore hosts;

    PowerJobs(HostStore hosts) {
        this.hosts = hosts;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of(ON, OFF, CYCLE);
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(SwitchOutletsStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        HostFact host = hosts.fact(tx, job.subject().id());
        Step off = new SwitchOutletsStep(host.id(), host.label(), false);
        Step on = new SwitchOutletsStep(host.id(), host.label(), true);
        return switch (job.jobClass()) {
            case ON -> List.of(on);
            case OFF -> List.of(off);
            default -> List.of(off, on);
        };
    }
}
