package io.burnish.alert.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.alert.MailServer;
import io.burnish.alert.Scene;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.Observation;
import io.burnish.contracts.fact.AlertFact;
import io.burnish.contracts.fact.CommandFact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.FilesystemFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.StorageResourceFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.TargetKind;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Tokens;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of alerts from facts on Kafka to the API (API contract, core 2.4), on real PostgreSQL and Kafka. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(MailServer.class)
class AlertLifeTest {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    Tokens tokens;

    @Inject
    Database database;

    @Inject
    AlertPruner pruner;

    private Scene scene;
    private long host;
    private long target;

    @BeforeEach
    void open() {
        scene = new Scene(kafka, tokens, Topics.facts(ObjectType.ALERT));
        host = Scene.id();
        // the number after it is the second server
        Scene.id();
        target = Scene.id();
    }

    @AfterEach
    void close() {
        // the next test's letters are not counted with this one's
        database.run(tx -> tx.update("UPDATE alert SET dismissed = true WHERE record_type = 'UnhandledMessageAlert'"));
        scene.close();
    }

    private String hostUri() {
        return "/api/host/" + host + "/";
    }

    private String targetUri() {
        return "/api/target/" + target + "/";
    }

    @Test
    void factsThatComeLateOrAgainRaiseAndEndNothingTwice() {
        scene.seen(Scene.host(host, 5, false));
        scene.awaitRaised(hostUri(), "HostContactAlert");
        scene.seen(Scene.host(host, 4, true));
        scene.seen(Scene.host(host, 5, false));
        scene.seen(Scene.host(host, 6, true));
        scene.awaitEnded(hostUri(), "HostContactAlert");
        scene.seen(Scene.host(host, 5, false));
        scene.seen(Scene.host(host, 6, true));
        // what comes after all of this says that it was looked at
        scene.seen(Scene.host(host, 7, "managed", true, true));
        scene.awaitRaised(hostUri(), "HostOfflineAlert");
        assertThat(scene.alerts(hostUri(), "HostContactAlert")).hasSize(1);
        assertThat(scene.alerts(hostUri(), "AlertEvent")).singleElement().satisfies(event -> {
            assertThat(event)
                    .containsEntry("message", "Re-established contact with host h" + host)
                    .containsEntry("severity", "INFO");
            assertThat(event.get("begin")).isEqualTo(event.get("end"));
            assertThat(event.get("variant").toString())
                    .contains("\"alert_id\":"
                            + scene.alerts(hostUri(), "HostContactAlert")
                                    .getFirst()
                                    .get("id"));
        });
    }

    @Test
    void targetThatFailsOverRecoversAndComesHome() {
        scene.seen(Scene.host(host, 1, true));
        mounted(1, host);
        mounted(2, host + 1);
        assertThat(scene.awaitRaised(targetUri(), "TargetFailoverAlert"))
                .containsEntry("affected", List.of(targetUri(), "/api/filesystem/7/"))
                .containsEntry("severity", "WARNING")
                .containsEntry("alert_item_str", "t" + target + "-OST0000");
        recovery(1, "RECOVERING");
        scene.awaitRaised(targetUri(), "TargetRecoveryAlert");
        recovery(2, "COMPLETE");
        scene.awaitEnded(targetUri(), "TargetRecoveryAlert");
        recovery(3, "RECOVERING");
        scene.awaitRaised(targetUri(), "TargetRecoveryAlert");
        // a target that is down does not recover
        scene.seen(Scene.target(target, 3, "unmounted", host, null));
        scene.awaitEnded(targetUri(), "TargetRecoveryAlert");
        assertThat(scene.awaitRaised(targetUri(), "TargetOfflineAlert")).containsEntry("severity", "ERROR");
        scene.awaitEnded(targetUri(), "TargetFailoverAlert");
        mounted(4, host);
        scene.awaitEnded(targetUri(), "TargetOfflineAlert");
        assertThat(scene.alerts(hostUri(), "AlertEvent"))
                .extracting(event -> event.get("message"))
                .contains(
                        "t" + target + "-OST0000 started",
                        "t" + target + "-OST0000 failover unmounted",
                        "Target 't" + target + "-OST0000' completed recovery");
    }

    @Test
    void lostServerNamesTheTargetsThatSuffer() {
        scene.seen(Scene.host(host, 1, true));
        mounted(1, host);
        mounted(2, host + 1);
        scene.awaitRaised(targetUri(), "TargetFailoverAlert");
        scene.seen(Scene.host(host, 2, false));
        assertThat(scene.awaitRaised(hostUri(), "HostContactAlert").get("affected"))
                .isEqualTo(List.of(hostUri(), targetUri(), "/api/filesystem/7/"));
    }

    @Test
    void removedObjectHasNoActiveAlertsAndTheOldOnesCanBeDismissed() {
        scene.seen(Scene.host(host, 1, false));
        Map<String, Object> alert = scene.awaitRaised(hostUri(), "HostContactAlert");
        scene.asked(Scene.host(host, 2, "removed", false, false));
        Map<String, Object> ended = scene.awaitEnded(hostUri(), "HostContactAlert");
        assertThat(ended).containsEntry("end", null).containsEntry("alert_item", hostUri());
        assertThat(scene.alerts(hostUri(), "AlertEvent")).isEmpty();
        scene.admin()
                .body(Map.of("dismissed", true))
                .patch((String) alert.get("resource_uri"))
                .then()
                .statusCode(202)
                .body("dismissed", equalTo(true));
    }

    @Test
    void changedNidsAreAnAlertUntilTheyAreBackOrSomebodyChangedThem() {
        scene.seen(Scene.host(host, 1, true));
        scene.seen(lnet(1, "10.0.0.1"));
        await().atMost(Scene.SOON)
                .until(() -> database.transaction(tx -> tx.first("SELECT 1 FROM accepted_nids WHERE host_id = $1", host)
                        .isPresent()));
        scene.seen(lnet(2, "10.0.0.2"));
        assertThat(scene.awaitRaised(hostUri(), "LNetNidsChangedAlert"))
                .containsEntry("affected", List.of(hostUri(), "/api/lnet_configuration/" + host + "/"));
        scene.seen(lnet(3, "10.0.0.1"));
        scene.awaitEnded(hostUri(), "LNetNidsChangedAlert");
        scene.seen(lnet(4, "10.0.0.3"));
        scene.awaitRaised(hostUri(), "LNetNidsChangedAlert");
        scene.asked(lnet(5, "10.0.0.3"));
        scene.awaitEnded(hostUri(), "LNetNidsChangedAlert");
        assertThat(scene.alerts(hostUri(), "LNetNidsChangedAlert")).hasSize(2);
    }

    @Test
    void commandHasOneAlertThatFollowsIt() {
        long command = Scene.id();
        String uri = "/api/command/" + command + "/";
        scene.asked(new CommandFact(command, 1, "Stop fs", false, false, false, Instant.now()));
        assertThat(scene.awaitRaised(uri, "CommandRunningAlert"))
                .containsEntry("message", "Command Stop fs running")
                .containsEntry("alert_item_str", "Command object")
                .containsEntry("severity", "INFO");
        scene.asked(new CommandFact(command, 2, "Stop fs", true, true, true, Instant.now()));
        assertThat(scene.awaitEnded(uri, "CommandErroredAlert"))
                .containsEntry("message", "Command Stop fs failed")
                .containsEntry("severity", "ERROR");
        assertThat(scene.objects("/api/alert/?limit=0&alert_item_id=" + command))
                .hasSize(1);
    }

    @Test
    void conditionsOfStorageComeAndGoOneByOne() {
        String uri = "/api/storage_resource/" + target + "/";
        scene.seen(storage(1, "_1_status_40", "_2_fan_30"));
        assertThat(scene.awaitRaised(uri, "StorageResourceAlert__1_status_40"))
                .containsEntry("record_type", "StorageResourceAlert")
                .containsEntry("severity", "ERROR");
        scene.seen(storage(2, "_2_fan_30"));
        scene.awaitEnded(uri, "StorageResourceAlert__1_status_40");
        scene.awaitRaised(uri, "StorageResourceAlert__2_fan_30");
        scene.seen(storage(3, "_2_fan_30", "_1_status_40"));
        scene.awaitRaised(uri, "StorageResourceAlert__1_status_40");
        // the owner hears of each beginning and end
        AlertFact begun = told();
        assertThat(begun.active()).isTrue();
        assertThat(begun.itemId()).isEqualTo(target);
        assertThat(begun.end()).isNull();
        assertThat(told().active()).isTrue();
        AlertFact ended = told();
        assertThat(ended.active()).isFalse();
        assertThat(ended.end()).isAfterOrEqualTo(ended.begin());
        assertThat(told().active()).isTrue();
        assertThat(scene.alerts(uri, "StorageResourceLearnEvent"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event).containsEntry("message", "Discovered Controller 'ctl" + target + "'"));
    }

    private AlertFact told() {
        return (AlertFact) scene.bus()
                .await(Topics.facts(ObjectType.ALERT), message -> true)
                .as(FactMessage.class)
                .fact();
    }

    @Test
    void messageThatAServiceCannotHandleIsAnAlertUntilItIsDismissed() {
        String topic = Topics.facts(ObjectType.HOST);
        scene.bus().publish(ServiceName.HOST, topic, "host:" + host, Map.of("fact", Map.of("type", "host", "id", "x")));
        Map<String, Object> alert = awaitUnhandled(1);
        assertThat(alert)
                .containsEntry("alert_item", null)
                .containsEntry("alert_item_str", "alert-service")
                .containsEntry("affected", List.of())
                .containsEntry("severity", "ERROR");
        assertThat(alert.get("message").toString()).contains("reader facts").contains("key host:" + host);
        scene.bus().publish(ServiceName.HOST, topic, "host:" + host, Map.of("fact", Map.of("type", "host", "id", "x")));
        assertThat(awaitUnhandled(2)).containsEntry("id", alert.get("id"));
        scene.admin()
                .body(Map.of("dismissed", true))
                .patch((String) alert.get("resource_uri"))
                .then()
                .statusCode(202);
        scene.bus().publish(ServiceName.HOST, topic, "host:" + host, Map.of("fact", Map.of("type", "host", "id", "x")));
        assertThat(awaitUnhandled(1).get("id")).isNotEqualTo(alert.get("id"));
    }

    /** The letter about a malformed fact of this test's server. */
    private String awaitLetter() {
        String topic = Topics.facts(ObjectType.HOST);
        scene.bus().publish(ServiceName.HOST, topic, "host:" + host, Map.of("fact", Map.of("type", "host", "id", "x")));
        String path = "/api/dead_letter/?service=alert-service&reader=facts&limit=0";
        await().atMost(Scene.SOON).until(() -> scene.objects(path).stream()
                .anyMatch(letter -> letter.get("key").equals("host:" + host)));
        return scene.objects(path).stream()
                .filter(letter -> letter.get("key").equals("host:" + host))
                .map(letter -> letter.get("resource_uri").toString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void messageThatCouldNotBeHandledIsHandledOnceWhenItCanBe() {
        String letter = awaitLetter();
        scene.as(7, Level.FSADMIN).post(letter + "replay/").then().statusCode(401);
        scene.admin()
                .post(letter + "replay/")
                .then()
                .statusCode(400)
                .body("__all__[0]", startsWith("It still cannot be handled: "));
        scene.admin()
                .get(letter)
                .then()
                .body("replayed_at", nullValue())
                .body("error", startsWith("It still cannot be handled: "));

        // as if a later version of the service understood it
        database.run(tx -> tx.update(
                "UPDATE dead_letter SET payload = $2 WHERE key = $1",
                "host:" + host,
                ContractJson.text(new FactMessage(Scene.host(host, 5, false), null, true))));
        scene.admin().post(letter + "replay/").then().statusCode(200).body("replayed_at", notNullValue());
        scene.admin().post(letter + "replay/").then().statusCode(200);

        assertThat(scene.alerts(hostUri(), "HostContactAlert")).hasSize(1);
    }

    @Test
    void messageThatCouldNotBeHandledCanBeGivenUp() {
        String letter = awaitLetter();
        scene.admin().delete(letter).then().statusCode(204);
        scene.admin().get(letter).then().statusCode(404);
        scene.admin().post(letter + "replay/").then().statusCode(404);
        assertThat(database.<Long>transaction(
                        tx -> tx.one("SELECT count(*) FROM dead_letter WHERE key = $1", "host:" + host)
                                .getLong(0)))
                .isZero();
    }

    private TargetFact watchedMgt(long version, String state) {
        return new TargetFact(
                target,
                version,
                state,
                true,
                "MGS",
                TargetKind.MGT,
                null,
                null,
                target,
                null,
                state.equals("mounted") ? host : null,
                List.of(new TargetFact.Mount(target, host, 1, true)),
                0,
                0);
    }

    @Test
    void whatIsFoundOnServersIsToldOnce() {
        scene.seen(Scene.host(host, 5, "managed", true, true));
        scene.awaitRaised(hostUri(), "HostOfflineAlert");
        scene.seen(watchedMgt(1, "mounted"));
        await().atMost(Scene.SOON)
                .until(() -> scene.alerts(hostUri(), "LearnEvent").size() == 1);
        scene.seen(new FilesystemFact(target, 1, "available", true, "found", target));
        await().atMost(Scene.SOON)
                .until(() -> scene.alerts(hostUri(), "LearnEvent").size() == 2);

        // neither is new when it changes
        scene.seen(new FilesystemFact(target, 2, "stopped", true, "found", target));
        scene.seen(watchedMgt(2, "unmounted"));
        scene.awaitRaised(targetUri(), "TargetOfflineAlert");
        assertThat(scene.alerts(hostUri(), "LearnEvent"))
                .extracting(event -> event.get("message"))
                .containsExactlyInAnyOrder(
                        "Discovered formatted target MGS", "Discovered filesystem found on MGS h" + host);
        assertThat(scene.alerts(hostUri(), "LearnEvent")).allSatisfy(event -> assertThat(event)
                .containsEntry("severity", "INFO")
                .extracting("variant", org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("\"learned_item_id\":" + target));
    }

    @Test
    void whatWasOverLongAgoIsRemovedAndWhatLastsStays() {
        scene.seen(Scene.host(host, 5, false));
        scene.awaitRaised(hostUri(), "HostContactAlert");
        scene.seen(Scene.host(host, 6, true));
        scene.awaitEnded(hostUri(), "HostContactAlert");
        scene.seen(Scene.host(host, 7, "managed", true, true));
        scene.awaitRaised(hostUri(), "HostOfflineAlert");

        pruner.prune();
        assertThat(scene.alerts(hostUri(), "HostContactAlert")).hasSize(1);

        database.run(tx -> tx.update("""
            UPDATE alert SET begin_at = begin_at - interval '400 days', end_at = end_at - interval '400 days'
            WHERE item_type = 'host' AND item_id = $1\
            """, host));
        pruner.prune();

        assertThat(scene.alerts(hostUri(), "HostContactAlert")).isEmpty();
        assertThat(scene.alerts(hostUri(), "AlertEvent")).isEmpty();
        assertThat(scene.alerts(hostUri(), "HostOfflineAlert")).hasSize(1);
    }

    private Map<String, Object> awaitUnhandled(int count) {
        String path = "/api/alert/?alert_type=UnhandledMessageAlert&dismissed=false";
        await().atMost(Scene.SOON).until(() -> scene.objects(path).stream()
                .anyMatch(alert -> alert.get("variant").toString().contains("\"count\":" + count)));
        return scene.objects(path).getFirst();
    }

    @Test
    void onlyAdministratorsDismissAndOnlyWhatMayBeWritten() {
        scene.seen(Scene.host(host, 1, false));
        String uri = (String) scene.awaitRaised(hostUri(), "HostContactAlert").get("resource_uri");
        scene.as(9, Level.USER)
                .body(Map.of("dismissed", true))
                .patch(uri)
                .then()
                .statusCode(401);
        scene.as(0, Level.ANONYMOUS)
                .body(Map.of("dismissed", true))
                .patch(uri)
                .then()
                .statusCode(401);
        scene.as(9, Level.USER).put("/api/alert/dismiss_all/").then().statusCode(401);
        scene.admin()
                .body(Map.of("dismissed", true, "severity", 10))
                .patch(uri)
                .then()
                .statusCode(400)
                .body("severity", contains("invalid severity: 10"));
        scene.admin()
                .body(Map.of("dismissed", true))
                .put(uri)
                .then()
                .statusCode(400)
                .body("severity", contains("invalid severity: severity"));
        scene.admin().get(uri).then().body("dismissed", equalTo(false));

        // dismissing all leaves what is bad and goes on
        scene.as(9, Level.FSADMIN).put("/api/alert/dismiss_all/").then().statusCode(204);
        scene.admin().get(uri).then().body("dismissed", equalTo(false));
        scene.as(9, Level.FSADMIN)
                .body(Map.of("dismissed", "true", "message", "nonsense"))
                .patch(uri)
                .then()
                .statusCode(202)
                .body("dismissed", equalTo(true))
                .body("message", equalTo("Lost contact with host h" + host));
        Map<String, Object> read = scene.admin().get(uri).then().extract().path("$");
        read.put("dismissed", false);
        scene.admin().body(read).put(uri).then().statusCode(200).body("dismissed", equalTo(false));
        scene.admin()
                .body(Map.of("dismissed", true))
                .patch("/api/alert/99999999/")
                .then()
                .statusCode(404);
    }

    @Test
    void alertsAreFiltered() {
        scene.seen(Scene.host(host, 1, "managed", false, true));
        scene.awaitRaised(hostUri(), "HostOfflineAlert");
        scene.seen(Scene.host(host, 2, "managed", true, true));
        scene.awaitEnded(hostUri(), "HostContactAlert");
        String mine = "/api/alert/?limit=0&alert_item_id=" + host;
        scene.admin().get(mine + "&active=true").then().body("objects.alert_type", contains("HostOfflineAlert"));
        scene.admin()
                .get(mine + "&active=none&severity__in=WARNING&severity__in=ERROR")
                .then()
                .body("objects.alert_type", contains("HostContactAlert"))
                .body("objects.active", everyItem(nullValue()));
        scene.admin()
                .get(
                        mine
                                + "&record_type__in=HostOfflineAlert&record_type__in=HostContactAlert&severity=&dismissed=false")
                .then()
                .body("objects.size()", equalTo(2));
        scene.admin().get(mine + "&message__icontains=OFFLINE").then().body("objects.size()", equalTo(1));
        scene.admin().get(mine + "&begin__gte=2099-01-01T00:00:00").then().body("objects.size()", equalTo(0));
        for (String bad : List.of("severity=LOUD", "begin=x", "order_by=severity", "id=x")) {
            scene.admin().get(mine + "&" + bad).then().statusCode(400);
        }
    }

    private LnetFact lnet(long version, String address) {
        return new LnetFact(
                host, version, "lnet_up", false, "lnet configuration", host, List.of(new Nid(address, "tcp", 0)));
    }

    private StorageResourceFact storage(long version, String... conditions) {
        return new StorageResourceFact(
                target,
                version,
                "Controller",
                "ctl" + target,
                true,
                true,
                java.util.Arrays.stream(conditions)
                        .map(name -> new StorageResourceFact.Condition(
                                name, "status", Integer.parseInt(name.substring(name.length() - 2)), name + " is bad"))
                        .toList(),
                List.of());
    }

    private void mounted(long version, long on) {
        scene.bus()
                .publish(new FactMessage(
                        Scene.target(target, version, "mounted", host, on),
                        JsonNodeFactory.instance.objectNode().put("uuid", "uuid-" + target),
                        true));
    }

    private void recovery(long sequence, String status) {
        scene.bus()
                .publish(
                        ServiceName.HOST,
                        Topics.OBSERVATIONS,
                        Long.toString(host + 1),
                        new Observation.LocalMounts(
                                host + 1,
                                "epoch",
                                sequence,
                                Instant.now(),
                                List.of(new Observation.TargetMount(
                                        "uuid-" + target, "/dev/sda", "/mnt/x", Map.of("status", status)))));
    }
}
