package io.burnish.host.host;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.fact.LockFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.TargetKind;
import io.burnish.host.configuration.ConfigurationStore;
import io.burnish.host.hub.HubTestProfile;
import io.burnish.host.spi.HostRegistry;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What servers and their configurations say of their offers and locks (API contract, core 1.11). */
@QuarkusTest
@TestProfile(HubTestProfile.class)
@QuarkusTestResource(PlatformTestResource.class)
class OffersTest {

    private final Tokens tokens;
    private final Database database;
    private final HostStore hosts;
    private final ConfigurationStore configurations;
    private final String kafka;
    private Bus bus;
    private long host;

    OffersTest(
            Tokens tokens,
            Database database,
            HostStore hosts,
            ConfigurationStore configurations,
            @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.tokens = tokens;
        this.database = database;
        this.hosts = hosts;
        this.configurations = configurations;
        this.kafka = kafka;
    }

    @BeforeEach
    void open() {
        bus = new Bus(kafka, List.of());
        String name = "oss-" + UUID.randomUUID().toString().substring(0, 8) + ".example";
        host = database.transaction(tx -> {
            long id = hosts.register(tx, new HostRegistry.Registration(name, name, name, "base_managed_rh7"))
                    .hostId();
            hosts.confirm(tx, id);
            return id;
        });
    }

    @AfterEach
    void close() {
        bus.close();
    }

    private JsonNode show(String path) {
        return ContractJson.read(
                given().header(
                                "Authorization",
                                "Bearer " + tokens.mint(new Principal(7, "somebody", Level.USER, true, null)))
                        .get(path)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString(),
                JsonNode.class);
    }

    private JsonNode server() {
        return show("/api/host/" + host + "/");
    }

    private JsonNode configuration(String type) {
        return show("/api/" + type + "/?host=" + host).at("/objects/0");
    }

    private static List<String> verbs(JsonNode object) {
        return StreamSupport.stream(object.get("available_actions").spliterator(), false)
                .map(entry -> entry.get("verb").asText())
                .toList();
    }

    private void await20(Runnable assertion) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(assertion::run);
    }

    @Test
    void aServersOffersFollowItsState() {
        await20(() ->
                assertThat(verbs(server())).containsExactly("Continue Server Configuration", "Remove", "Force Remove"));

        database.run(tx -> hosts.changeState(tx, host, "managed", false));

        await20(() -> assertThat(verbs(server())).containsExactly("Remove", "Force Remove"));
        assertThat(server().at("/available_transitions/0/state").asText()).isEqualTo("removed");
        assertThat(server().at("/available_jobs/0/class_name").asText()).isEqualTo("ForceRemoveHostJob");
    }

    @Test
    void anAnswerThatIsKeptNeverHidesWhatWasCommitted() {
        for (int i = 0; i < 30; i++) {
            String node = "node-" + i;
            database.run(tx -> tx.update("UPDATE host SET nodename = $2 WHERE id = $1", host, node));
            assertThat(server().get("nodename").asText()).isEqualTo(node);
            assertThat(show("/api/host/?id=" + host).at("/objects/0/nodename").asText())
                    .isEqualTo(node);
            assertThat(server().get("nodename").asText()).isEqualTo(node);
        }
    }

    @Test
    void aLockedServerOffersNothing() {
        await20(() -> assertThat(verbs(server())).isNotEmpty());

        bus.publishLocks(ObjectRef.host(host), 1, new LockFact(ObjectRef.host(host), 1, List.of(), List.of(4711L)));

        await20(() -> assertThat(verbs(server())).isEmpty());
        assertThat(server().at("/locks/write/0").asLong()).isEqualTo(4711);
        assertThat(server().get("available_transitions")).isEmpty();
        assertThat(server().get("available_jobs")).isEmpty();
    }

    @Test
    void configurationsOfferWhatTheirServerAndItsTargetsAllow() {
        await20(() -> {
            assertThat(verbs(configuration("lnet_configuration"))).containsExactly("Load LNet", "Start LNet");
            assertThat(verbs(configuration("ntp_configuration"))).containsExactly("Start Ntp");
            assertThat(verbs(configuration("corosync_configuration")))
                    .containsExactly("Configure Corosync", "Start Corosync");
            assertThat(verbs(configuration("pacemaker_configuration")))
                    .containsExactly("Configure Pacemaker", "Start Pacemaker");
        });
        long pacemaker = configuration("pacemaker_configuration").get("id").asLong();
        ObjectRef ref = new ObjectRef(ObjectType.PACEMAKER_CONFIGURATION, pacemaker);
        database.run(tx -> configurations.changeState(tx, ref, "stopped", false));
        await20(() -> assertThat(verbs(configuration("pacemaker_configuration")))
                .containsExactly("Start Pacemaker", "Unconfigure Pacemaker"));

        bus.publish(new TargetFact(
                host,
                1,
                "mounted",
                false,
                "MGS",
                TargetKind.MGT,
                null,
                null,
                host,
                "MGS_1",
                host,
                List.of(new TargetFact.Mount(host, host, 1, true)),
                0,
                0));

        await20(() ->
                assertThat(verbs(configuration("pacemaker_configuration"))).containsExactly("Start Pacemaker"));
    }
}
