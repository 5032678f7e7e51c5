package io.burnish.alert;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.LogBatch;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Principal;
import io.burnish.kit.security.Tokens;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From facts and log lines on Kafka to alerts and lines in the API, on real PostgreSQL and Kafka. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(MailServer.class)
class AlertServiceTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static long nextHost = 1;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    Tokens tokens;

    private Bus bus;
    private long host;

    @BeforeEach
    void open() {
        bus = new Bus(kafka, List.of());
        host = nextHost++;
    }

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void serverThatIsLostRaisesAnAlertThatEndsWhenItIsBack() {
        publish(1, true);
        publish(2, false);
        Map<String, Object> alert = awaitAlert("HostContactAlert", true);
        assertThat(alert)
                .containsEntry("message", "Lost contact with host h" + host)
                .containsEntry("alert_item", "/api/host/" + host + "/")
                .containsEntry("end", null);
        publish(3, true);
        assertThat(awaitAlert("HostContactAlert", false).get("end")).isNotNull();
        assertThat(alerts("HostContactAlert", true)).isEmpty();
    }

    @Test
    void sameFactTwiceIsOneAlert() {
        publish(1, false);
        awaitAlert("HostContactAlert", true);
        publish(2, false);
        publish(3, true);
        awaitAlert("HostContactAlert", false);
        assertThat(alerts("HostContactAlert", false)).hasSize(1);
    }

    @Test
    void stoppingATargetOnPurposeIsAWarningAndItsDeathAnError() {
        publish(1, true);
        bus.publish(new FactMessage(target(1, "mounted"), null, false));
        bus.publish(new FactMessage(target(2, "unmounted"), null, false));
        assertThat(awaitAlert("TargetOfflineAlert", true)).containsEntry("severity", "WARNING");
        bus.publish(new FactMessage(target(3, "mounted"), null, false));
        await().atMost(SOON).until(() -> alerts("TargetOfflineAlert", true).isEmpty());
        bus.publish(new FactMessage(target(4, "unmounted"), null, true));
        assertThat(awaitAlert("TargetOfflineAlert", true)).containsEntry("severity", "ERROR");
    }

    @Test
    void linesOfAServersLogAreListedNewestFirst() {
        String fqdn = "log" + host + ".lab.example";
        bus.publish(
                ServiceName.HOST,
                Topics.LOG_LINES,
                Long.toString(host),
                new LogBatch(
                        host,
                        fqdn,
                        "epoch",
                        1,
                        List.of(
                                new LogBatch.Line(Instant.parse("2026-01-01T00:00:00Z"), 4, 0, "kernel", "Lustre: one"),
                                new LogBatch.Line(
                                        Instant.parse("2026-01-01T00:00:01Z"), 3, 0, "kernel", "LustreError: two"))));
        await().atMost(SOON).until(() -> lines(fqdn).size() == 2);
        assertThat(lines(fqdn))
                .extracting(line -> line.get("message"), line -> line.get("message_class"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("LustreError: two", "LUSTRE_ERROR"),
                        org.assertj.core.groups.Tuple.tuple("Lustre: one", "LUSTRE"));
    }

    @Test
    void nobodyReadsAlertsWithoutAToken() {
        given().get("/api/alert/").then().statusCode(401);
    }

    private void publish(long version, boolean inContact) {
        String name = "h" + host;
        ServerProfile profile =
                new ServerProfile("base_managed_rh7", "Managed", true, false, "managed", false, true, true, true);
        bus.publish(new FactMessage(
                new HostFact(
                        host, version, "managed", false, name, name, name, name, "manual", profile, inContact, false,
                        List.of(), List.of()),
                null,
                true));
    }

    private TargetFact target(long version, String state) {
        boolean up = state.equals("mounted");
        return new TargetFact(
                host,
                version,
                state,
                false,
                "h" + host + "-OST0000",
                TargetKind.OST,
                null,
                null,
                host,
                "OST_" + host,
                up ? host : null,
                List.of(new TargetFact.Mount(host, host, 1, true)),
                0,
                0);
    }

    private Map<String, Object> awaitAlert(String type, boolean active) {
        await().atMost(SOON).until(() -> !alerts(type, active).isEmpty());
        return alerts(type, active).getFirst();
    }

    private List<Map<String, Object>> alerts(String type, boolean active) {
        List<Map<String, Object>> found = list("/api/alert/?limit=0&alert_type=" + type);
        return found.stream()
                .filter(alert -> alert.get("message").toString().contains("h" + host))
                .filter(alert -> Boolean.TRUE.equals(alert.get("active")) == active)
                .toList();
    }

    private List<Map<String, Object>> lines(String fqdn) {
        return list("/api/log/?limit=0&fqdn=" + fqdn);
    }

    private List<Map<String, Object>> list(String path) {
        return given().header(
                        "Authorization",
                        "Bearer " + tokens.mint(new Principal(1, "admin", Level.SUPERUSER, true, null)))
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .path("objects");
    }
}
