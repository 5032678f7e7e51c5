package io.burnish.host.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.agent.report.NetworkReport;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.host.configuration.ConfigurationStore;
import io.burnish.host.host.HostStore;
import io.burnish.host.network.NidEdits;
import io.burnish.host.spi.HubAdministration;
import io.burnish.kit.execution.ActionStep;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.Step;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The transitions of LNet (orchestration 4.3); of servers that are only watched they touch nothing. */
@ApplicationScoped
class LnetJobs implements JobDefinition {

    private record Work(AgentAction action, String text) {}

    private static final Map<String, Work> WORK = Map.of(
            "LoadLNetJob", new Work(AgentAction.LOAD_LNET, "Load the LNet kernel modules on %s"),
            "StartLNetJob", new Work(AgentAction.START_LNET, "Start LNet on %s"),
            "StopLNetJob", new Work(AgentAction.STOP_LNET, "Stop LNet on %s"),
            "UnloadLNetJob", new Work(AgentAction.UNLOAD_LNET, "Unload the LNet kernel modules on %s"),
            "UnconfigureLNetJob", new Work(AgentAction.UNCONFIGURE_LNET, "Remove the configuration of LNet on %s"));

    private final HostStore hosts;
    private final ConfigurationStore configurations;
    private final HubAdministration hub;

    LnetJobs(HostStore hosts, ConfigurationStore configurations, HubAdministration hub) {
        this.hosts = hosts;
        this.configurations = configurations;
        this.hub = hub;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of(
                "EnableLNetJob",
                "LoadLNetJob",
                "StartLNetJob",
                "StopLNetJob",
                "UnloadLNetJob",
                "UnconfigureLNetJob",
                NidEdits.JOB);
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(ActionStep.class, RefreshLnetStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        HostFact host = hosts.fact(tx, configurations.hostOf(tx, job.subject()));
        if (job.jobClass().equals(NidEdits.JOB)) {
            return configure(tx, host, job);
        }
        Work work = WORK.get(job.jobClass());
        if (work == null || !host.profile().managed()) {
            return List.of();
        }
        Step step = new ActionStep(
                job.jobClass().replace("Job", "Step"),
                work.text().formatted(host.label()),
                host.id(),
                host.label(),
                work.action(),
                Json.object());
        return work.action() == AgentAction.UNCONFIGURE_LNET
                ? List.of(step)
                : List.of(step, new RefreshLnetStep(host.id(), host.label(), NetworkReport.PLUGIN));
    }

    /** LNet is unloaded now, and gets back the state that it had by jobs of the same command. */
    private static List<Step> configure(Tx tx, HostFact host, Dispatch.RunJob job) {
        if (!host.profile().managed()) {
            return List.of();
        }
        ObjectNode args = Json.object();
        args.set("lnet_configuration", NidEdits.configuration(tx, host.id(), job.args()));
        return List.of(
                new ActionStep(
                        "ConfigureLNetStep",
                        "Write the NIDs of " + host.label(),
                        host.id(),
                        host.label(),
                        AgentAction.CONFIGURE_LNET,
                        args),
                new RefreshLnetStep(host.id(), host.label(), NetworkReport.PLUGIN));
    }

    /** All but the last have read the network in their second step. */
    @Override
    public void succeeded(Tx tx, Dispatch.RunJob job) {
        if (job.jobClass().equals("UnconfigureLNetJob")) {
            hub.requestReports(tx, configurations.hostOf(tx, job.subject()), List.of(NetworkReport.PLUGIN));
        }
    }
}
