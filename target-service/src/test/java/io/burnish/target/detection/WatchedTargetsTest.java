package io.burnish.target.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.Observation;
import io.burnish.contracts.call.Detection;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.VolumeFact;
import io.burnish.contracts.model.TargetKind;
import io.burnish.target.lab.Lab;
import io.burnish.target.lab.Pair;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Targets that were running before Burnish came: known once, and where their servers have them mounted. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
class WatchedTargetsTest {

    private final Lab lab;
    private final String kafka;
    private final String epoch = "epoch-" + Lab.id();
    private Pair pair;

    WatchedTargetsTest(Lab lab, @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
        this.lab = lab;
        this.kafka = kafka;
    }

    @BeforeEach
    void open() {
        pair = new Pair(lab, kafka);
    }

    @AfterEach
    void close() {
        pair.close();
    }

    private Detection.FoundTarget found(TargetKind kind, String name, String path, HostFact active) {
        return new Detection.FoundTarget(
                kind,
                name,
                kind == TargetKind.MGT ? null : 0,
                "uuid-" + path,
                pair.one().id(),
                active == null ? null : active.id(),
                List.of(
                        new Detection.Device(pair.one().id(), path),
                        new Detection.Device(pair.two().id(), path)));
    }

    private VolumeFact volume(String path) {
        return lab.volume(pair.bus(), "linux", path, pair.one(), pair.two());
    }

    private ValidatableResponse detect(Detection.Targets wanted) {
        return lab.service()
                .body(ContractJson.text((Object) wanted))
                .post("/internal/detected-targets")
                .then();
    }

    private Detection.TargetsReply learn(Long filesystem, Detection.FoundTarget... targets) {
        return detect(new Detection.Targets(filesystem, filesystem == null ? null : "seen", List.of(targets)))
                .statusCode(200)
                .extract()
                .as(Detection.TargetsReply.class);
    }

    private void mounted(HostFact server, long sequence, String... uuids) {
        List<Observation.TargetMount> mounts = new ArrayList<>();
        for (String uuid : uuids) {
            mounts.add(new Observation.TargetMount(uuid, "/dev/x", "/mnt/x", Map.of()));
        }
        pair.bus()
                .publish(
                        ServiceName.HOST,
                        Topics.OBSERVATIONS,
                        Long.toString(server.id()),
                        new Observation.LocalMounts(server.id(), epoch, sequence, Instant.now(), mounts));
    }

    private void awaitPlace(long target, String state, HostFact server) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    JsonNode shown = lab.show(target);
                    assertThat(shown.get("state").asText()).isEqualTo(state);
                    assertThat(shown.get("active_host").asText(null))
                            .isEqualTo(server == null ? null : "/api/host/" + server.id() + "/");
                });
    }

    @Test
    void aDetectedTargetIsKnownOnceAndFollowsItsMounts() {
        String path = "/dev/mapper/d" + Lab.id();
        VolumeFact volume = volume(path);
        Detection.TargetsReply reply = learn(null, found(TargetKind.MGT, "MGS", path, pair.one()));
        assertThat(reply.lines()).containsExactly("Discovered MGT 'MGS' on server oss1.lab.example");
        long mgt = reply.targets().getFirst();

        JsonNode shown = lab.show(mgt);
        assertThat(shown.get("immutable_state").asBoolean()).isTrue();
        assertThat(shown.get("uuid").asText()).isEqualTo("uuid-" + path);
        assertThat(shown.at("/volume/id").asLong()).isEqualTo(volume.id());
        assertThat(shown.get("primary_server_name").asText()).isEqualTo("oss1.lab.example");
        assertThat(shown.get("failover_server_name").asText()).isEqualTo("oss2.lab.example");
        awaitPlace(mgt, "mounted", pair.one());

        Detection.TargetsReply again = learn(null, found(TargetKind.MGT, "MGS", path, pair.one()));
        assertThat(again.targets()).containsExactly(mgt);
        assertThat(again.lines()).isEmpty();

        mounted(pair.two(), 1);
        mounted(pair.one(), 1);
        awaitPlace(mgt, "unmounted", null);
        mounted(pair.two(), 2, "uuid-" + path);
        awaitPlace(mgt, "mounted", pair.two());
        // the other server never had it since: its silence says nothing
        mounted(pair.one(), 2);
        mounted(pair.two(), 3, "uuid-" + path, "other");
        awaitPlace(mgt, "mounted", pair.two());
    }

    @Test
    void whatCannotBeIsLeftOutWithTheReason() {
        String path = "/dev/mapper/d" + Lab.id();
        assertThat(learn(null, found(TargetKind.MGT, "MGS", path, null)).lines().getFirst())
                .contains("Target MGS is left out: no volume is known for its devices");
        VolumeFact volume = volume(path);
        lab.target("MGT", volume, null);
        assertThat(learn(null, found(TargetKind.MGT, "MGS", path, null)).lines())
                .containsExactly("Target MGS is left out: volume %s is in use by target MGS".formatted(volume.label()));
    }

    @Test
    void aFileSystemWithoutOstIsNotWatchedAtAll() {
        String path = "/dev/mapper/d" + Lab.id();
        volume(path);
        Detection.FoundTarget mdt = found(TargetKind.MDT, "seen-MDT0000", path, pair.one());
        long filesystem = Lab.id();
        detect(new Detection.Targets(
                        filesystem, "seen", List.of(mdt, found(TargetKind.OST, "seen-OST0000", "/dev/none", null))))
                .statusCode(400);
        lab.admin()
                .queryParam("name", "seen-MDT0000")
                .queryParam("filesystem_id", filesystem)
                .get("/api/target/")
                .then()
                .body("objects", empty());
    }
}
