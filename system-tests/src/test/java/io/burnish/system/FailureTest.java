package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.standalone.client.ApiClient;
import io.burnish.standalone.client.ApiReply;
import io.burnish.standalone.client.CommandWatch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong leaves what the specification says, with a reason, and can be repaired. */
class FailureTest {

    private static final String NAME = "brokenfs";
    private static final String OTHER = "otherfs";

    private final Lab lab = Lab.open();

    @BeforeEach
    @AfterEach
    void nothingIsLeft() {
        lab.simulator().delete("/faults");
        lab.removeFilesystems();
    }

    /** The failure variant of orchestration 14.3. */
    @Test
    void formatThatFailsLeavesTheOtherTargetsMountedAndStartingAgainRepairs() {
        lab.simulator()
                .post(
                        "/faults",
                        Map.of(
                                "match",
                                "mkfs.lustre .*--index=3 .*",
                                "rc",
                                5,
                                "stderr",
                                "mkfs.lustre FATAL: I/O error",
                                "times",
                                1));
        JsonNode command = lab.createFilesystem(NAME).path("command");
        CommandWatch.Progress end = lab.await(command);
        assertThat(end.succeeded()).isFalse();
        JsonNode ended = lab.client()
                .get("/api/command/" + command.path("id").asLong() + "/")
                .orThrow("the command");
        assertThat(ended.path("errored").asBoolean()).isTrue();
        assertThat(ended.path("cancelled").asBoolean()).isTrue();

        List<JsonNode> jobs = lab.jobs(command);
        JsonNode failed = jobs.stream()
                .filter(job -> job.path("errored").asBoolean())
                .reduce((first, second) -> {
                    throw new AssertionError("two jobs have failed");
                })
                .orElseThrow();
        assertThat(failed.path("class_name").asText()).isEqualTo("FormatTargetJob");
        assertThat(failed.path("reason").path("sentence").asText()).contains("I/O error");
        assertThat(jobs.stream().filter(job -> job.path("cancelled").asBoolean()))
                .extracting(job -> job.path("class_name").asText())
                .containsExactlyInAnyOrder(
                        "RegisterTargetJob", "ConfigureTargetJob", "StartTargetJob", "StartUnavailableFilesystemJob");
        assertThat(jobs.stream().filter(job -> job.path("cancelled").asBoolean()))
                .allSatisfy(job ->
                        assertThat(job.path("reason").path("sentence").asText()).contains("I/O error"));

        JsonNode filesystem = lab.only("/api/filesystem/?name=" + NAME);
        assertThat(filesystem.path("state").asText()).isEqualTo("unavailable");
        assertThat(states()).containsOnly("mounted", "unformatted");
        assertThat(states().filter("unformatted"::equals)).hasSize(1);

        lab.succeed(lab.put(filesystem.path("resource_uri").asText(), "available"));
        assertThat(states()).hasSize(6).containsOnly("mounted");
        assertThat(lab.only("/api/filesystem/?name=" + NAME).path("state").asText())
                .isEqualTo("available");
    }

    @Test
    void ofTwoCallersWhoWantTheSameVolumesOneIsRefusedAndNothingOfItsRequestRemains() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        List<Map<String, Object>> bodies = List.of(lab.filesystemBody(NAME), lab.filesystemBody(OTHER));
        List<ApiClient> clients = List.of(lab.newClient(), lab.newClient());
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ApiReply>> replies = Stream.of(0, 1)
                    .map(i -> callers.submit(() -> {
                        together.await();
                        return clients.get(i).post("/api/filesystem/", bodies.get(i));
                    }))
                    .toList();
            ApiReply first = replies.get(0).get();
            ApiReply second = replies.get(1).get();
            assertThat(List.of(first.status(), second.status())).containsExactlyInAnyOrder(202, 400);
            ApiReply refused = first.status() == 400 ? first : second;
            ApiReply accepted = first.status() == 400 ? second : first;
            assertThat(refused.body().properties())
                    .as("the fields named by %s", refused.body())
                    .isNotEmpty()
                    .allSatisfy(field -> assertThat(field.getKey()).isIn("mgt", "mdts", "osts"));
            lab.succeed(accepted.body().path("command"));
        }
        assertThat(lab.objects("/api/filesystem/?limit=0")).hasSize(1);
        assertThat(states()).hasSize(6).containsOnly("mounted");
        assertThat(lab.objects("/api/volume/?category=unused&limit=0")).hasSize(6);
    }

    private Stream<String> states() {
        return lab.objects("/api/target/?limit=0").stream()
                .map(target -> target.path("state").asText());
    }
}
