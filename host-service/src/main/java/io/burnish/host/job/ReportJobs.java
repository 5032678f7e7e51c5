package io.burnish.host.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.job.Dispatch;
import io.burnish.kit.execution.JobDefinition;
import io.burnish.kit.execution.Step;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Jobs that have several servers look and report: those of {@code host_ids}, or all (orchestration 4.1). */
@ApplicationScoped
class ReportJobs implements JobDefinition {

    private static final String UPDATE_DEVICES = "UpdateDevicesJob";
    private static final String DETECT_TARGETS = "DetectTargetsJob";

    @Override
    public Set<String> jobClasses() {
        return Set.of(UPDATE_DEVICES, DETECT_TARGETS, "TriggerPluginUpdatesJob");
    }

    @Override
    public Set<Class<? extends Step>> stepTypes() {
        return Set.of(UpdateDevicesStep.class, DetectTargetsStep.class, TriggerPluginUpdatesStep.class);
    }

    @Override
    public List<Step> steps(Tx tx, Dispatch.RunJob job) {
        List<NamedHost> hosts = hosts(tx, job.args().path("host_ids"));
        if (job.jobClass().equals(UPDATE_DEVICES)) {
            return List.of(new UpdateDevicesStep(hosts));
        }
        if (job.jobClass().equals(DETECT_TARGETS)) {
            return List.of(new UpdateDevicesStep(hosts), new DetectTargetsStep(hosts));
        }
        List<String> plugins = new ArrayList<>();
        job.args().path("plugin_names").forEach(name -> plugins.add(name.asText()));
        return List.of(new TriggerPluginUpdatesStep(hosts, plugins));
    }

    private static List<NamedHost> hosts(Tx tx, JsonNode ids) {
        Set<Long> named = new HashSet<>();
        ids.forEach(id -> named.add(id.asLong()));
        List<NamedHost> hosts = new ArrayList<>();
        for (Row row : tx.query("""
                SELECT id, regexp_replace(fqdn, '\\.localdomain$', '') FROM host
                WHERE not_deleted AND NOT provisional AND state <> 'undeployed' AND ($1 OR id = ANY ($2)) ORDER BY id\
                """, named.isEmpty(), named.toArray(Long[]::new))) {
            hosts.add(new NamedHost(row.getLong(0), row.getString(1)));
        }
        return hosts;
    }
}
