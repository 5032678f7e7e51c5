package io.burnish.host.report;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.report.NetworkReport;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.configuration.ConfigurationStore;
import io.burnish.host.spi.ReportSink;
import io.burnish.host.storage.StorageRegistry;
import io.burnish.host.storage.StorageSamples;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Interfaces, NIDs and the state of LNet, as the server's network plug-in reports them (agent contract, 7). */
@ApplicationScoped
class NetworkSink implements ReportSink {

    private final ConfigurationStore configurations;
    private final ObservedState observed;
    private final StorageRegistry resources;

    NetworkSink(ConfigurationStore configurations, ObservedState observed, StorageRegistry resources) {
        this.configurations = configurations;
        this.observed = observed;
        this.resources = resources;
    }

    @Override
    public String plugin() {
        return NetworkReport.PLUGIN;
    }

    @Override
    public void report(Tx tx, long hostId, FromAgent.Report report, Instant seenAt) {
        NetworkReport network = ContractJson.mapper().convertValue(report.body(), NetworkReport.class);
        Optional<Long> lnet = configurations.idOn(tx, ObjectType.LNET_CONFIGURATION, hostId);
        if (lnet.isEmpty()) {
            return;
        }
        boolean changed = false;
        if (network.interfaces() != null) {
            changed = interfaces(tx, hostId, network.interfaces());
        }
        if (network.lnet() != null) {
            changed |= nids(tx, hostId, lnet.get(), network.lnet().nids());
        }
        if (changed) {
            configurations.changed(tx, new ObjectRef(ObjectType.LNET_CONFIGURATION, lnet.get()), true);
        }
        if (network.lnet() != null) {
            observed.seen(
                    tx,
                    new ObjectRef(ObjectType.LNET_CONFIGURATION, lnet.get()),
                    network.lnet().state(),
                    seenAt);
        }
        if (changed || network.lnet() != null) {
            resources.networkReported(tx, hostId);
        }
        if (network.interfaces() != null) {
            StorageSamples.ofInterfaces(tx, hostId, network.interfaces());
        }
    }

    /** What is stored of an interface. */
    private record Stored(String name, String address, int prefix, String type, boolean up) {}

    /** What is stored of a NID. */
    private record StoredNid(String interfaceName, String lndType, Integer lndNetwork) {}

    /** Reads before it writes: an upsert that changes nothing locks its row all the same, and most reports change nothing. */
    private static boolean interfaces(Tx tx, long host, Map<String, NetworkReport.Interface> interfaces) {
        Set<Stored> known = new HashSet<>();
        tx.query(
                        "SELECT name, inet4_address, inet4_prefix, type, state_up FROM network_interface WHERE host_id"
                                + " = $1",
                        host)
                .forEach(row -> known.add(new Stored(
                        row.getString(0), row.getString(1), row.getInteger(2), row.getString(3), row.getBoolean(4))));
        Set<Stored> seen = new HashSet<>();
        interfaces.forEach(
                (name, one) -> seen.add(new Stored(name, address(one), one.inet4Prefix(), one.type(), one.up())));
        if (seen.equals(known)) {
            return false;
        }
        int changes = 0;
        for (Map.Entry<String, NetworkReport.Interface> entry : interfaces.entrySet()) {
            NetworkReport.Interface one = entry.getValue();
            changes += tx.update("""
                INSERT INTO network_interface AS i (host_id, name, inet4_address, inet4_prefix, type, state_up)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (host_id, name) DO UPDATE SET inet4_address = excluded.inet4_address,
                    inet4_prefix = excluded.inet4_prefix, type = excluded.type, state_up = excluded.state_up
                WHERE (i.inet4_address, i.inet4_prefix, i.type, i.state_up) IS DISTINCT FROM
                    (excluded.inet4_address, excluded.inet4_prefix, excluded.type, excluded.state_up)\
                """, host, entry.getKey(), address(one), one.inet4Prefix(), one.type(), one.up());
        }
        changes += tx.update(
                "DELETE FROM network_interface WHERE host_id = $1 AND name <> ALL($2)",
                host,
                interfaces.keySet().toArray(String[]::new));
        return changes > 0;
    }

    private static boolean nids(Tx tx, long host, long lnet, Map<String, NetworkReport.LnetNid> nids) {
        if (nids == null) {
            return false;
        }
        Set<StoredNid> known = new HashSet<>();
        tx.query("""
            SELECT i.name, n.lnd_type, n.lnd_network FROM nid n JOIN network_interface i ON i.id = n.network_interface_id
            WHERE i.host_id = $1\
            """, host)
                .forEach(row -> known.add(new StoredNid(row.getString(0), row.getString(1), row.getInteger(2))));
        Set<StoredNid> seen = new HashSet<>();
        nids.forEach((name, nid) -> seen.add(new StoredNid(name, nid.lndType(), nid.lndNetwork())));
        if (seen.equals(known)) {
            return false;
        }
        int changes = 0;
        for (Map.Entry<String, NetworkReport.LnetNid> entry : nids.entrySet()) {
            changes += tx.update(
                    """
                    INSERT INTO nid AS n (network_interface_id, lnet_configuration_id, lnd_type, lnd_network)
                    SELECT i.id, $3, $4, $5 FROM network_interface i WHERE i.host_id = $1 AND i.name = $2
                    ON CONFLICT (network_interface_id) DO UPDATE SET lnd_type = excluded.lnd_type,
                        lnd_network = excluded.lnd_network
                    WHERE (n.lnd_type, n.lnd_network) IS DISTINCT FROM (excluded.lnd_type, excluded.lnd_network)\
                    """,
                    host,
                    entry.getKey(),
                    lnet,
                    entry.getValue().lndType(),
                    entry.getValue().lndNetwork());
        }
        changes += tx.update("""
            DELETE FROM nid n USING network_interface i WHERE i.id = n.network_interface_id AND i.host_id = $1
                AND i.name <> ALL($2)\
            """, host, nids.keySet().toArray(String[]::new));
        return changes > 0;
    }

    private static String address(NetworkReport.Interface one) {
        return one.inet4Address() == null ? "" : one.inet4Address();
    }
}
