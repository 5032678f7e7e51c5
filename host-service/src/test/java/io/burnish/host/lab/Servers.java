package io.burnish.host.lab;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.host.configuration.ConfigurationStore;
import io.burnish.host.host.HostStore;
import io.burnish.host.report.LearnedReports;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Servers as registration, jobs and reports make them. */
@ApplicationScoped
public class Servers {

    private final Database database;
    private final HostStore hosts;
    private final ConfigurationStore configurations;
    private final LearnedReports reports;

    Servers(Database database, HostStore hosts, ConfigurationStore configurations, LearnedReports reports) {
        this.database = database;
        this.hosts = hosts;
        this.configurations = configurations;
        this.reports = reports;
    }

    /** A server. */
    public record Server(long id, String fqdn, long lnet, long eth0, long eth1) {

        /** Its LNet. */
        public ObjectRef lnetRef() {
            return new ObjectRef(ObjectType.LNET_CONFIGURATION, lnet);
        }
    }

    /** A managed server that is set up, with LNet up, an NID on {@code eth0} and a second interface without address. */
    public Server managed() {
        return create("base_managed_rh7", "managed", "lnet_up");
    }

    /** A server that is set up. */
    public Server create(String profile, String state, String lnetState) {
        String name = "oss-" + UUID.randomUUID().toString().substring(0, 8) + ".example";
        long id = database.transaction(tx -> {
            long host = hosts.register(tx, new HostRegistry.Registration(name, name, name, profile))
                    .hostId();
            hosts.confirm(tx, host);
            hosts.changeState(tx, host, state, false);
            return host;
        });
        long lnet = configuration(ObjectType.LNET_CONFIGURATION, id).id();
        state(new ObjectRef(ObjectType.LNET_CONFIGURATION, lnet), lnetState);
        report(id, "linux_network", """
                {"interfaces": {
                    "eth0": {"mac_address": "52:54:00:aa:00:01", "inet4_address": "10.0.0.1", "inet4_prefix": 24, "inet6_address": "",
                        "type": "tcp", "rx_bytes": "1", "tx_bytes": "1", "up": true, "slave": false},
                    "eth1": {"mac_address": "52:54:00:aa:00:02", "inet4_address": "", "inet4_prefix": 0, "inet6_address": "",
                        "type": "tcp", "rx_bytes": "1", "tx_bytes": "1", "up": false, "slave": false}},
                "lnet": {"state": "%s", "nids": {"eth0": {"nid_address": "10.0.0.1", "lnd_type": "tcp", "lnd_network": 0}}}}""".formatted(lnetState));
        return new Server(id, name, lnet, networkInterface(id, "eth0"), networkInterface(id, "eth1"));
    }

    /** Applies a complete report of a plug-in. */
    public void report(long host, String plugin, String body) {
        database.run(tx -> reports.apply(tx, host, plugin, ContractJson.read(body, JsonNode.class)));
    }

    /** Gives a configuration a state. */
    public void state(ObjectRef configuration, String state) {
        database.run(tx -> configurations.changeState(tx, configuration, state, false));
    }

    /** A configuration of a server. */
    public ObjectRef configuration(ObjectType type, long host) {
        return new ObjectRef(
                type,
                database.transaction(tx -> configurations.idOn(tx, type, host).orElseThrow()));
    }

    /** The id of an interface. */
    public long networkInterface(long host, String name) {
        return database.transaction(
                tx -> tx.one("SELECT id FROM network_interface WHERE host_id = $1 AND name = $2", host, name)
                        .getLong(0));
    }

    /** Both servers report each other as members of their cluster. */
    public void cluster(Server one, Server other) {
        String body = """
                {"crm_info": {"datetime": "2026-01-01T00:00:00Z", "nodes": {"%s": {"online": "true"}, "%s": {"online": "true"}}},
                "state": null}""".formatted(one.fqdn(), other.fqdn());
        report(one.id(), "corosync", body);
        report(other.id(), "corosync", body);
    }

    /** Corosync of a server is configured with that port, on its first interface. */
    public ObjectRef corosync(Server server, int port) {
        ObjectRef corosync = configuration(ObjectType.COROSYNC_CONFIGURATION, server.id());
        state(corosync, "stopped");
        database.run(tx -> tx.update(
                "UPDATE corosync_configuration SET mcast_port = $2, network_interfaces = $3 WHERE id = $1",
                corosync.id(),
                port,
                new Long[] {server.eth0()}));
        return corosync;
    }

    /** The agent of a server has connected in another life. */
    public void reconnected(long host) {
        database.run(tx -> {
            tx.update("""
                    INSERT INTO hub_instance (id, seen_at) VALUES ('elsewhere', now() + interval '1 day')
                    ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at""");
            tx.update("""
                    INSERT INTO agent_session AS s (host_id, session_id, epoch, boot_id, agent_version, instance, in_contact)
                    VALUES ($1, $2, $2, 'boot', '1.0.0', 'elsewhere', true)
                    ON CONFLICT (host_id) DO UPDATE SET session_id = excluded.session_id, epoch = excluded.epoch""", host, UUID.randomUUID().toString());
        });
    }

    /** Whether a server has reported its devices. */
    public boolean devicesKnown(long host) {
        return database.transaction(tx -> tx.first("SELECT 1 FROM storage_report WHERE host_id = $1", host)
                .isPresent());
    }
}
