package io.burnish.host.report;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.report.CorosyncReport;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.configuration.ConfigurationStore;
import io.burnish.host.host.HostStore;
import io.burnish.host.spi.ReportSink;
import io.burnish.host.volume.VolumeServers;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Members of the cluster and its services, as a server's corosync plug-in reports them (agent contract, 5.2). */
@ApplicationScoped
class CorosyncSink implements ReportSink {

    private final ConfigurationStore configurations;
    private final ObservedState observed;
    private final HostStore hosts;
    private final VolumeServers volumes;

    CorosyncSink(ConfigurationStore configurations, ObservedState observed, HostStore hosts, VolumeServers volumes) {
        this.configurations = configurations;
        this.observed = observed;
        this.hosts = hosts;
        this.volumes = volumes;
    }

    @Override
    public String plugin() {
        return CorosyncReport.PLUGIN;
    }

    @Override
    public void report(Tx tx, long hostId, FromAgent.Report report, Instant seenAt) {
        CorosyncReport corosync = ContractJson.mapper().convertValue(report.body(), CorosyncReport.class);
        if (corosync.state() != null) {
            service(
                    tx,
                    ObjectType.COROSYNC_CONFIGURATION,
                    hostId,
                    corosync.state().corosync(),
                    seenAt);
            service(
                    tx,
                    ObjectType.PACEMAKER_CONFIGURATION,
                    hostId,
                    corosync.state().pacemaker(),
                    seenAt);
        }
        if (corosync.crmInfo() != null && corosync.crmInfo().nodes() != null) {
            boolean alone = members(tx, hostId, corosync.crmInfo().nodes());
            cluster(tx, hostId, corosync.crmInfo().options(), alone);
        }
    }

    private void service(Tx tx, ObjectType type, long hostId, String state, Instant seenAt) {
        if (state != null) {
            configurations
                    .idOn(tx, type, hostId)
                    .ifPresent(id -> observed.seen(tx, new ObjectRef(type, id), state, seenAt));
        }
    }

    /**
     * What the cluster says of itself: whether it fences, and whether it has this one known member only.
     *
     * @param options {@code null}: it did not say
     */
    private void cluster(Tx tx, long hostId, CorosyncReport.Options options, boolean alone) {
        Optional<Long> id = configurations.idOn(tx, ObjectType.COROSYNC_CONFIGURATION, hostId);
        if (id.isPresent() && tx.update("""
            UPDATE corosync_configuration SET stonith_disabled = coalesce($2, stonith_disabled), alone = $3
            WHERE id = $1 AND (stonith_disabled, alone) <> (coalesce($2, stonith_disabled), $3)\
            """, id.get(), options == null ? null : !options.stonithEnabled(), alone) > 0) {
            configurations.changed(tx, new ObjectRef(ObjectType.COROSYNC_CONFIGURATION, id.get()), true);
        }
    }

    private void reported(Tx tx, long hostId, boolean up) {
        tx.first(
                        "UPDATE corosync_configuration SET corosync_reported_up = $2 WHERE host_id = $1 AND"
                                + " not_deleted AND corosync_reported_up <> $2 RETURNING id",
                        hostId,
                        up)
                .ifPresent(row -> configurations.changed(
                        tx, new ObjectRef(ObjectType.COROSYNC_CONFIGURATION, row.getLong(0)), true));
    }

    /** Returns whether the server is the only member that is known. */
    private boolean members(Tx tx, long hostId, Map<String, Map<String, String>> nodes) {
        List<Long> peers = new ArrayList<>();
        boolean itself = false;
        for (Row row : tx.query(
                "SELECT id, fqdn, nodename, offline FROM host WHERE not_deleted AND NOT provisional AND (fqdn ="
                        + " ANY($1) OR nodename = ANY($1)) ORDER BY id",
                (Object) nodes.keySet().toArray(String[]::new))) {
            long id = row.getLong(0);
            if (id == hostId) {
                itself = true;
            } else {
                peers.add(id);
            }
            Map<String, String> node = nodes.getOrDefault(row.getString(1), nodes.get(row.getString(2)));
            boolean offline = !"true".equals(node.get("online"));
            reported(tx, id, !offline);
            if (id != hostId && offline != row.getBoolean(3)) {
                tx.update("UPDATE host SET offline = $2 WHERE id = $1", id, offline);
                hosts.changed(tx, id, true);
            }
        }
        Long[] present = peers.toArray(Long[]::new);
        if (tx.update("UPDATE host SET peers = $2 WHERE id = $1 AND peers IS DISTINCT FROM $2", hostId, present) > 0) {
            hosts.changed(tx, hostId, true);
            volumes.rebalance(tx, hostId);
        }
        return itself && peers.isEmpty();
    }
}
