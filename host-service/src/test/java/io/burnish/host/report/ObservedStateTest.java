package io.burnish.host.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.fact.LockFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.host.lab.JobTestProfile;
import io.burnish.host.lab.Servers;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** States of LNet as agents see them, beside what jobs do, and reports that say nothing new (orchestration 10.2). */
@QuarkusTest
@TestProfile(JobTestProfile.class)
@QuarkusTestResource(PlatformTestResource.class)
class ObservedStateTest {

    private final Servers servers;
    private final Database database;
    private final NetworkSink sink;
    private final String kafka;
    private Servers.Server server;
    private Bus bus;
    private long lockVersion;

    ObservedStateTest(
            Servers servers,
            Database database,
            NetworkSink sink,
            @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.servers = servers;
        this.database = database;
        this.sink = sink;
        this.kafka = kafka;
    }

    @BeforeEach
    void open() {
        server = servers.managed();
        bus = new Bus(kafka, List.of());
    }

    @AfterEach
    void close() {
        bus.close();
    }

    private void see(String state, Instant at) {
        report("{\"lnet\": {\"state\": \"%s\", \"nids\": null}}".formatted(state), at);
    }

    private void report(String body, Instant at) {
        database.run(tx -> sink.report(
                tx,
                server.id(),
                new FromAgent.Report("linux_network", "e", 1, at, 0, true, ContractJson.read(body, JsonNode.class)),
                at));
    }

    private String state() {
        return database.transaction(tx -> tx.one("SELECT state FROM lnet_configuration WHERE id = $1", server.lnet())
                .getString(0));
    }

    private void lock(Long... jobs) {
        ObjectRef lnet = server.lnetRef();
        LockFact locks = jobs.length == 0 ? null : new LockFact(lnet, lockVersion + 1, List.of(), List.of(jobs));
        bus.publishLocks(lnet, ++lockVersion, locks);
        await().until(() -> database.transaction(tx -> tx.first(
                        "SELECT 1 FROM neighbour_lock WHERE ref = $1 AND version = $2", lnet.toString(), lockVersion)
                .isPresent()));
    }

    @Test
    void aStateThatAnAgentSeesIsTaken() {
        see("lnet_down", Instant.now());

        assertThat(state()).isEqualTo("lnet_down");
    }

    @Test
    void whatWasSeenBeforeTheStateWasSetSaysNothingHoweverLateItComes() {
        Instant before = Instant.now();
        servers.state(server.lnetRef(), "lnet_down");

        see("lnet_up", before);
        assertThat(state()).isEqualTo("lnet_down");

        see("lnet_up", Instant.now());
        assertThat(state()).isEqualTo("lnet_up");
    }

    @Test
    void whatIsSeenWhileAJobHoldsTheObjectCountsWhenItHasLetGo() {
        lock(4711L);
        see("lnet_unloaded", Instant.now());
        see("lnet_down", Instant.now());
        assertThat(state()).isEqualTo("lnet_up");

        lock();

        assertThat(state()).isEqualTo("lnet_down");
    }

    @Test
    void whatWasSeenBeforeAJobSetTheStateCountsNoMoreWhenItHasLetGo() {
        lock(4712L);
        see("lnet_down", Instant.now());
        servers.state(server.lnetRef(), "lnet_unloaded");

        lock();

        assertThat(state()).isEqualTo("lnet_unloaded");
    }

    @Test
    void whatIsSeenAsKnownWipesOutWhatWasKept() {
        lock(4713L);
        see("lnet_down", Instant.now());
        see("lnet_up", Instant.now());

        lock();

        assertThat(state()).isEqualTo("lnet_up");
    }

    @Test
    void anObjectThatIsNotConfiguredIsNobodysBusiness() {
        servers.state(server.lnetRef(), "unconfigured");

        see("lnet_up", Instant.now());

        assertThat(state()).isEqualTo("unconfigured");
    }

    /** Which versions of the rows there are, and who has locked them: an upsert without effect locks all the same. */
    private List<String> versions() {
        List<String> versions = new ArrayList<>();
        database.run(tx -> tx.query("""
                SELECT 'interface ' || i.name || ' ' || i.xmin || ' ' || i.xmax FROM network_interface i WHERE host_id = $1
                UNION ALL SELECT 'nid ' || n.network_interface_id || ' ' || n.xmin || ' ' || n.xmax
                FROM nid n JOIN network_interface i ON i.id = n.network_interface_id WHERE i.host_id = $1
                UNION ALL SELECT 'lnet ' || version FROM lnet_configuration WHERE host_id = $1 ORDER BY 1\
                """, server.id()).forEach(row -> versions.add(row.getString(0))));
        return versions;
    }

    private static String network(String address) {
        return """
            {"interfaces": {
                "eth0": {"mac_address": "52:54:00:aa:00:01", "inet4_address": "%s", "inet4_prefix": 24, "inet6_address": "",
                    "type": "tcp", "rx_bytes": "77", "tx_bytes": "88", "up": true, "slave": false},
                "eth1": {"mac_address": "52:54:00:aa:00:02", "inet4_address": "", "inet4_prefix": 0, "inet6_address": "",
                    "type": "tcp", "rx_bytes": "1", "tx_bytes": "1", "up": false, "slave": false}},
            "lnet": {"state": "lnet_up", "nids": {"eth0": {"nid_address": "%s", "lnd_type": "tcp", "lnd_network": 0}}}}\
            """.formatted(address, address);
    }

    @Test
    void aReportThatSaysNothingNewTouchesNoRow() {
        List<String> before = versions();
        assertThat(before).hasSize(4);

        report(network("10.0.0.1"), Instant.now());

        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void aChangeIsStoredAndToldOnce() {
        List<String> before = versions();
        long version =
                Long.parseLong(text("SELECT version::text FROM lnet_configuration WHERE id = $1", server.lnet()));

        report(network("10.0.0.9"), Instant.now());

        assertThat(versions()).isNotEqualTo(before);
        assertThat(text("SELECT inet4_address FROM network_interface WHERE id = $1", server.eth0()))
                .isEqualTo("10.0.0.9");
        assertThat(text("SELECT version::text FROM lnet_configuration WHERE id = $1", server.lnet()))
                .isEqualTo(Long.toString(version + 1));
    }

    private String text(String sql, long id) {
        return database.transaction(tx -> tx.one(sql, id).getString(0));
    }
}
