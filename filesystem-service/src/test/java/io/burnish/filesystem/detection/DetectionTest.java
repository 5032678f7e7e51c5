package io.burnish.filesystem.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.report.DetectScanResult;
import io.burnish.contracts.call.Detection;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.model.Nid;
import io.burnish.filesystem.lab.FsLab;
import io.burnish.filesystem.lab.TargetNeighbour;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.CommandNeighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A file system that runs already becomes known once, and is only watched. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(CommandNeighbour.class)
@QuarkusTestResource(TargetNeighbour.class)
class DetectionTest {

    private final FsLab lab;

    DetectionTest(FsLab lab) {
        this.lab = lab;
    }

    private Detection.Reply detect(Detection detection) {
        return lab.service()
                .body(ContractJson.text((Object) detection))
                .post("/internal/detections")
                .then()
                .statusCode(200)
                .extract()
                .as(Detection.Reply.class);
    }

    private JsonNode found(String name) {
        return ContractJson.read(
                lab.admin().queryParam("name", name).get("/api/filesystem/").asString(), JsonNode.class);
    }

    @Test
    void whatIsDetectedTwiceIsDiscoveredOnce() {
        long server = FsLab.id();
        String name = "w" + FsLab.id();
        try (Bus bus = lab.bus()) {
            lab.publish(
                    bus,
                    new LnetFact(
                            server,
                            1,
                            "lnet_up",
                            false,
                            "lnet",
                            server,
                            List.of(Nid.parse("10.9.0." + server % 250 + "@tcp"))));
        }
        Map<String, List<String>> params = Map.of("mgsnode", List.of("10.9.0." + server % 250 + "@tcp"));
        Detection detection = new Detection(List.of(new Detection.ServerScan(
                server,
                new DetectScanResult(
                        List.of(
                                new DetectScanResult.LocalTarget(
                                        "MGS", "mgs-" + name, Map.of(), List.of("/dev/sda"), true, "linux"),
                                new DetectScanResult.LocalTarget(
                                        name + "-MDT0000", "mdt-" + name, params, List.of("/dev/sdb"), true, "linux"),
                                new DetectScanResult.LocalTarget(
                                        name + "-OST0000", "ost-" + name, params, List.of("/dev/sdc"), true, "linux")),
                        Map.of()))));

        assertThat(detect(detection).lines())
                .contains("Discovered filesystem %s with 1 MDTs and 1 OSTs".formatted(name));

        JsonNode shown = found(name).at("/objects/0");
        assertThat(shown.get("immutable_state").asBoolean()).isTrue();
        assertThat(shown.get("state").asText()).isEqualTo("available");
        assertThat(TargetNeighbour.detected()).contains(name + "-MDT0000", name + "-OST0000");
        assertThat(detect(detection).lines()).containsExactly("Discovered no new filesystems");
        assertThat(found(name).get("objects")).hasSize(1);

        lab.admin()
                .body("{\"id\": %d, \"conf_params\": {\"sys.timeout\": \"20\"}}"
                        .formatted(shown.get("id").asLong()))
                .put(shown.get("resource_uri").asText())
                .then()
                .statusCode(400)
                .body("conf_params", contains("Cannot modify conf_params on immutable_state objects"));
    }
}
