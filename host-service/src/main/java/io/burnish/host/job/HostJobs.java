package io.burnish.host.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.host.host.HostRemoval;
import io.burnish.host.host.HostStore;
import io.burnish.host.host.InitialStates;
import io.burnish.host.host.SetProfile;
import io.burnish.kit.execution.ActionStep;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.Step;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The transitions of servers, and what can be asked of them by class (orchestration 4.1 and 4.2). */
@ApplicationScoped
class HostJobs implements JobDefinition {

    private static final List<String> PLUGINS = List.of("linux", "linux_network", "lustre", "corosync");
    private static final String FORCE = "ForceRemoveHostJob";

    private final HostStore hosts;
    private final HostRemoval removal;
    private final InitialStates initialStates;

    HostJobs(HostStore hosts, HostRemoval removal, InitialStates initialStates) {
        this.hosts = hosts;
        this.removal = removal;
        this.initialStates = initialStates;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of(
                "InstallHostPackagesJob",
                "SetupHostJob",
                "SetupMonitoredHostJob",
                "SetupWorkerJob",
                "RemoveHostJob",
                "RemoveManagedHostJob",
                "RemoveUnconfiguredHostJob",
                FORCE,
                "RebootHostJob",
                "ShutdownHostJob",
                SetProfile.JOB);
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(
                ActionStep.class,
                HostSteps.SetHostProfileStep.class,
                HostSteps.LearnDevicesStep.class,
                PackageSteps.InstallPackagesStep.class,
                HostSteps.RebootIfNeededStep.class,
                HostSteps.DeleteHostStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        HostFact host = hosts.fact(tx, job.subject().id());
        return switch (job.jobClass()) {
            case "InstallHostPackagesJob" -> install(tx, host);
            case SetProfile.JOB -> List.of(profile(tx, host, wantedProfile(job, host)));
            case "SetupHostJob" ->
                List.of(action(
                        host,
                        "InitialiseBlockDeviceDriversStep",
                        "Prepare the block device drivers of " + host.label(),
                        AgentAction.INITIALISE_BLOCK_DEVICE_DRIVERS,
                        Json.object()));
            case "RemoveHostJob", "RemoveManagedHostJob" ->
                List.of(
                        action(
                                host,
                                "DeregisterStep",
                                "Deregister " + host.label(),
                                AgentAction.DEREGISTER_SERVER,
                                Json.object()),
                        new HostSteps.DeleteHostStep(host.id(), host.label()));
            case "RemoveUnconfiguredHostJob" -> List.of(new HostSteps.DeleteHostStep(host.id(), host.label()));
            case "RebootHostJob" ->
                List.of(action(
                        host, "RebootHostStep", "Restart " + host.label(), AgentAction.REBOOT_SERVER, Json.object()));
            case "ShutdownHostJob" ->
                List.of(action(
                        host,
                        "ShutdownHostStep",
                        "Shut down " + host.label(),
                        AgentAction.SHUTDOWN_SERVER,
                        Json.object()));
            default -> List.of();
        };
    }

    private List<Step> install(Tx tx, HostFact host) {
        List<Step> steps = new ArrayList<>();
        steps.add(profile(tx, host, host.profile().name()));
        if (!host.profile().worker()) {
            steps.add(new HostSteps.LearnDevicesStep(host.id(), host.label(), PLUGINS));
        }
        ProfilePackages wanted =
                ProfilePackages.of(hosts.agentProfile(tx, host.profile().name()).orElseThrow());
        steps.add(new PackageSteps.InstallPackagesStep(
                host.id(), host.label(), wanted.repositories(), wanted.packages()));
        if (host.profile().managed()) {
            steps.add(new HostSteps.RebootIfNeededStep(host.id(), host.label()));
        }
        return steps;
    }

    private static String wantedProfile(Dispatch.RunJob job, HostFact host) {
        String wanted = SetProfile.of(host.id(), job.args()).profile();
        return wanted == null ? host.profile().name() : wanted;
    }

    private Step profile(Tx tx, HostFact host, String name) {
        ObjectNode document = hosts.agentProfile(tx, name)
                .orElseThrow(() -> new IllegalArgumentException("no server profile is called " + name));
        return new HostSteps.SetHostProfileStep(host.id(), host.label(), document);
    }

    private static Step action(HostFact host, String name, String text, AgentAction action, ObjectNode args) {
        return new ActionStep(name, text, host.id(), host.label(), action, args);
    }

    @Override
    public void succeeded(Tx tx, Dispatch.RunJob job) {
        long host = job.subject().id();
        if (job.jobClass().equals(FORCE)) {
            removal.forceRemove(tx, host);
        } else if (job.jobClass().equals(SetProfile.JOB)) {
            hosts.profile(tx, wantedProfile(job, hosts.fact(tx, host)))
                    .ifPresent(profile -> hosts.assignProfile(tx, host, profile));
            SetProfile.Next next = SetProfile.of(host, job.args()).next();
            if (next != null) {
                initialStates.wish(tx, host, job.jobId(), next);
            }
        }
    }
}
