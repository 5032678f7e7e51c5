package io.burnish.host.fencing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.job.Dispatch;
import io.burnish.host.configuration.ConfigurationStore;
import io.burnish.host.host.HostStore;
import io.burnish.host.power.PowerDevices;
import io.burnish.host.power.PowerType;
import io.burnish.host.secret.SecretStore;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.Step;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code ConfigureHostFencingJob} (orchestration 4.4): a server's outlets become the fence agents of its node. */
@ApplicationScoped
class FencingJobs implements JobDefinition {

    static final String JOB_CLASS = "ConfigureHostFencingJob";

    private static final String OUTLETS = """
            SELECT d.id, t.agent, d.username, %s AS of_bmcs, o.identifier, coalesce(t.model, '') AS model, d.address, d.port
            FROM power_control_device_outlet o JOIN power_control_device d ON d.id = o.device_id
            JOIN power_control_type t ON t.id = d.type_id WHERE o.host_id = $1 ORDER BY o.id""".formatted(PowerType.OF_BMCS);

    private final HostStore hosts;
    private final ConfigurationStore configurations;
    private final SecretStore secrets;

    FencingJobs(HostStore hosts, ConfigurationStore configurations, SecretStore secrets) {
        this.hosts = hosts;
        this.configurations = configurations;
        this.secrets = secrets;
    }

    @Override
    public Set<String> jobClasses() {
        return Set.of(JOB_CLASS);
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(ConfigureFencingStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        HostFact host = hosts.fact(tx, configurations.hostOf(tx, job.subject()));
        return List.of(new ConfigureFencingStep(host.id(), host.label(), host.state(), agents(tx, host.id())));
    }

    /** Entries as the agent takes them (agent contract, 10.5); passwords are references, which the hub resolves on delivery. */
    private ArrayNode agents(Tx tx, long hostId) {
        ArrayNode agents = JsonNodeFactory.instance.arrayNode();
        for (Row row : tx.query(OUTLETS, hostId)) {
            ObjectNode agent =
                    agents.addObject().put("agent", row.getString("agent")).put("login", row.getString("username"));
            Optional<String> password = secrets.idOfOwner(tx, PowerDevices.secretOwner(row.getLong("id")));
            password.ifPresent(id -> agent.putObject("password").put("$secret", id));
            if (row.getBoolean("of_bmcs")) {
                agent.put("ipaddr", row.getString("identifier"))
                        .put("lanplus", PowerType.lanPlus(row.getString("model")));
            } else {
                agent.put("plug", row.getString("identifier"))
                        .put("ipaddr", row.getString("address"))
                        .put("ipport", row.getInteger("port"));
            }
        }
        return agents;
    }
}
