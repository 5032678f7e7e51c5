package io.burnish.host.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.configuration.ConfigurationStore;
import io.burnish.host.host.HostStore;
import io.burnish.host.secret.SecretStore;
import io.burnish.host.spi.HubAdministration;
import io.burnish.kit.execution.ActionStep;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.Step;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The transitions of Corosync, Pacemaker and time synchronisation (orchestration 4.4). */
@ApplicationScoped
class ClusterJobs implements JobDefinition {

    private record Work(AgentAction action, String text) {}

    private static final String RECONFIGURE = "ConfigureCorosync2Job";

    private static final Map<String, List<Work>> WORK = Map.of(
            "StartCorosync2Job", List.of(new Work(AgentAction.START_COROSYNC2, "Start Corosync on %s.")),
            "StopCorosync2Job", List.of(new Work(AgentAction.STOP_COROSYNC2, "Stop Corosync on %s.")),
            "ConfigurePacemakerJob",
                    List.of(
                            new Work(AgentAction.START_PACEMAKER, "Start Pacemaker on %s."),
                            new Work(AgentAction.CONFIGURE_PACEMAKER, "Configure Pacemaker on %s."),
                            new Work(AgentAction.STOP_PACEMAKER, "Stop Pacemaker on %s.")),
            "StartPacemakerJob", List.of(new Work(AgentAction.START_PACEMAKER, "Start Pacemaker on %s.")),
            "StopPacemakerJob", List.of(new Work(AgentAction.STOP_PACEMAKER, "Stop Pacemaker on %s.")),
            "UnconfigurePacemakerJob",
                    List.of(
                            new Work(AgentAction.START_PACEMAKER, "Start Pacemaker on %s."),
                            new Work(AgentAction.UNCONFIGURE_PACEMAKER, "Unconfigure Pacemaker on %s."),
                            new Work(AgentAction.STOP_PACEMAKER, "Stop Pacemaker on %s.")),
            "UnconfigureNTPJob", List.of(new Work(AgentAction.UNCONFIGURE_NTP, "Unconfigure NTP on %s")));

    private final HostStore hosts;
    private final ConfigurationStore configurations;
    private final SecretStore secrets;
    private final HubAdministration hub;
    private final String ntpServer;

    ClusterJobs(
            HostStore hosts,
            ConfigurationStore configurations,
            SecretStore secrets,
            HubAdministration hub,
            @ConfigProperty(name = "burnish.ntp.server") String ntpServer) {
        this.hosts = hosts;
        this.configurations = configurations;
        this.secrets = secrets;
        this.hub = hub;
        this.ntpServer = ntpServer;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of(
                "AutoConfigureCorosync2Job",
                "StartCorosync2Job",
                "StopCorosync2Job",
                "UnconfigureCorosync2Job",
                RECONFIGURE,
                "ConfigurePacemakerJob",
                "StartPacemakerJob",
                "StopPacemakerJob",
                "UnconfigurePacemakerJob",
                "ConfigureNTPJob",
                "UnconfigureNTPJob");
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(
                ActionStep.class,
                AutoConfigureCorosyncStep.class,
                ChangeMulticastPortStep.class,
                UnconfigureCorosyncStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        HostFact host = hosts.fact(tx, configurations.hostOf(tx, job.subject()));
        return switch (job.jobClass()) {
            case "AutoConfigureCorosync2Job" ->
                List.of(new AutoConfigureCorosyncStep(
                        job.subject().id(),
                        host.id(),
                        host.label(),
                        host.fqdn(),
                        secrets.keep(tx, owner(job), HaPassword.random())));
            case "UnconfigureCorosync2Job" ->
                List.of(new UnconfigureCorosyncStep(
                        job.subject().id(), host.id(), host.label(), host.fqdn(), port(tx, job)));
            case RECONFIGURE ->
                List.of(new ChangeMulticastPortStep(
                        job.subject().id(), host.id(), host.label(), port(tx, job), wantedPort(tx, job)));
            case "ConfigureNTPJob" ->
                List.of(new ActionStep(
                        "ConfigureNTPStep",
                        "Configure NTP on " + host.label(),
                        host.id(),
                        host.label(),
                        AgentAction.CONFIGURE_NTP,
                        Json.object().put("ntp_server", ntpServer)));
            default ->
                WORK.get(job.jobClass()).stream()
                        .map(work -> (Step) new ActionStep(
                                camel(work.action()),
                                work.text().formatted(host.label()),
                                host.id(),
                                host.label(),
                                work.action(),
                                Json.object()))
                        .toList();
        };
    }

    /** The present one if the job was asked for without another. */
    private static int wantedPort(Tx tx, Dispatch.RunJob job) {
        JsonNode wanted = job.args().path("mcast_port");
        Integer port = wanted.canConvertToInt() ? (Integer) wanted.asInt() : port(tx, job);
        if (port == null) {
            throw new IllegalArgumentException(job.subject() + " has no port, and none was asked for");
        }
        return port;
    }

    private static String owner(Dispatch.RunJob job) {
        return "corosync:" + job.jobId();
    }

    private static Integer port(Tx tx, Dispatch.RunJob job) {
        return tx.one(
                        "SELECT mcast_port FROM corosync_configuration WHERE id = $1",
                        job.subject().id())
                .getInteger(0);
    }

    /** {@code StartPacemakerStep} for {@code start_pacemaker}. */
    private static String camel(AgentAction action) {
        StringBuilder name = new StringBuilder();
        for (String word : action.wire().split("_")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.append("Step").toString();
    }

    @Override
    public void succeeded(Tx tx, Dispatch.RunJob job) {
        secrets.forget(tx, owner(job));
        if (job.subject().type() == ObjectType.PACEMAKER_CONFIGURATION) {
            hub.requestReports(tx, configurations.hostOf(tx, job.subject()), List.of("corosync"));
        }
    }

    @Override
    public void ended(Tx tx, Dispatch.RunJob job) {
        secrets.forget(tx, owner(job));
    }
}
