package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main job: a file system built, stopped, started, failed over and removed. */
class MainJobTest {

    private static final String NAME = "testfs";

    private final Lab lab = Lab.open();

    @BeforeEach
    @AfterEach
    void nothingIsLeft() {
        lab.removeFilesystems();
    }

    @Test
    void serversAreManagedAndTheirSharedVolumesHaveAPrimaryAndAFailoverServer() {
        assertThat(lab.objects("/api/host/?limit=0"))
                .hasSize(4)
                .allSatisfy(host -> assertThat(host.path("state").asText()).isEqualTo("managed"));
        assertThat(lab.objects("/api/volume/?category=unused&limit=0"))
                .hasSize(12)
                .allSatisfy(volume -> {
                    assertThat(volume.path("volume_nodes")).hasSize(2);
                    assertThat(volume.path("volume_nodes").findValuesAsText("primary"))
                            .containsExactlyInAnyOrder("true", "false");
                    assertThat(volume.path("size").asLong()).isPositive();
                });
        assertThat(lab.objects("/api/nid/?limit=0")).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void creationHasTheDocumentedJobsInTheDocumentedOrder() {
        JsonNode reply = lab.createFilesystem(NAME);
        assertThat(reply.path("filesystem").path("state").asText()).isEqualTo("unavailable");
        lab.succeed(reply.path("command"));
        List<JsonNode> jobs = lab.jobs(reply.path("command"));
        assertThat(jobs.stream().map(job -> job.path("class_name").asText()))
                .hasSize(25)
                .filteredOn("FormatTargetJob"::equals)
                .hasSize(6);
        assertThat(jobs.getLast().path("class_name").asText()).isEqualTo("StartUnavailableFilesystemJob");
        assertThat(filesystem().path("state").asText()).isEqualTo("available");
        assertThat(lab.objects("/api/target/?limit=0"))
                .hasSize(6)
                .allSatisfy(target -> assertThat(target.path("state").asText()).isEqualTo("mounted"));
    }

    @Test
    void consoleOutputOfAStepCanBeReadWhileItRuns() {
        lab.simulator().post("/faults", Map.of("match", "mkfs.lustre.*", "delayMillis", 3000));
        try {
            JsonNode command = lab.createFilesystem(NAME).path("command");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> lab.objects("/api/step/?limit=0&order_by=-created_at").stream()
                            .anyMatch(step -> step.path("state").asText().equals("incomplete")
                                    && step.path("console").asText().contains("mkfs.lustre")));
            lab.succeed(command);
        } finally {
            lab.simulator().delete("/faults");
        }
    }

    @Test
    void stoppedFileSystemKeepsItsMgtAndStartsAgain() {
        lab.succeed(lab.createFilesystem(NAME).path("command"));
        String uri = filesystem().path("resource_uri").asText();
        lab.succeed(lab.put(uri, "stopped"));
        assertThat(filesystem().path("state").asText()).isEqualTo("stopped");
        assertThat(lab.only("/api/target/?kind=MGT").path("state").asText()).isEqualTo("mounted");
        JsonNode start = lab.put(uri, "available");
        lab.succeed(start);
        assertThat(lab.jobs(start).stream().map(job -> job.path("class_name").asText()))
                .containsExactlyInAnyOrder(
                        "StartTargetJob",
                        "StartTargetJob",
                        "StartTargetJob",
                        "StartTargetJob",
                        "StartTargetJob",
                        "StartStoppedFilesystemJob");
        assertThat(filesystem().path("state").asText()).isEqualTo("available");
    }

    @Test
    void dryRunTellsWhatAStopWouldDoAndDoesNothing() {
        lab.succeed(lab.createFilesystem(NAME).path("command"));
        String uri = filesystem().path("resource_uri").asText();
        JsonNode reply = lab.client()
                .put(uri, Map.of("state", "stopped", "dry_run", true))
                .orThrow("dry run");
        assertThat(reply.path("transition_job").path("class").asText()).isEqualTo("StopUnavailableFilesystemJob");
        assertThat(reply.path("dependency_jobs")).hasSizeGreaterThanOrEqualTo(6);
        assertThat(filesystem().path("state").asText()).isEqualTo("available");
    }

    @Test
    void targetFailsOverToItsOtherServerAndBack() {
        lab.succeed(lab.createFilesystem(NAME).path("command"));
        JsonNode ost = lab.objects("/api/target/?kind=OST&limit=0").getFirst();
        long id = ost.path("id").asLong();
        String primary = ost.path("active_host").asText();
        lab.succeed(run("FailoverTargetJob", id));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !target(id).path("active_host").asText().equals(primary));
        assertThat(target(id).path("state").asText()).isEqualTo("mounted");
        lab.succeed(run("FailbackTargetJob", id));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> target(id).path("active_host").asText().equals(primary));
    }

    @Test
    void removedFileSystemIsGoneAndItsVolumesAreUnusedAgain() {
        lab.succeed(lab.createFilesystem(NAME).path("command"));
        lab.removeFilesystems();
        assertThat(lab.objects("/api/filesystem/?limit=0")).isEmpty();
        assertThat(lab.objects("/api/target/?limit=0")).isEmpty();
        assertThat(lab.objects("/api/volume/?category=unused&limit=0")).hasSize(12);
    }

    @Test
    void removalOfTheServerThatCarriesTheMgtIsRefusedBeforeAnythingIsTouched() {
        lab.succeed(lab.createFilesystem(NAME).path("command"));
        String host = lab.only("/api/target/?kind=MGT").path("primary_server").asText();
        var reply = lab.client().delete(host);
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(400);
        assertThat(reply.body().toString()).contains(NAME);
        assertThat(filesystem().path("state").asText()).isEqualTo("available");
        assertThat(lab.objects("/api/target/?limit=0"))
                .allSatisfy(target -> assertThat(target.path("state").asText()).isEqualTo("mounted"));
    }

    @Test
    void simulatedServersWereNeverAskedForACommandThatARealOneWouldNotKnow() {
        lab.succeed(lab.createFilesystem(NAME).path("command"));
        assertThat(lab.simulator().get("/effects").path("unknown")).isEmpty();
    }

    private JsonNode filesystem() {
        return lab.only("/api/filesystem/?name=" + NAME);
    }

    private JsonNode target(long id) {
        return lab.client().get("/api/target/" + id + "/").orThrow("the target");
    }

    private JsonNode run(String jobClass, long target) {
        return lab.client()
                .post(
                        "/api/command/",
                        Map.of(
                                "message",
                                jobClass,
                                "jobs",
                                List.of(Map.of("class_name", jobClass, "args", Map.of("target_id", target)))))
                .orThrow(jobClass);
    }
}
