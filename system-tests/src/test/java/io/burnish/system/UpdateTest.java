package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A newer package in the repositories is seen, told, and installed when an administrator says so. */
class UpdateTest {

    private final Lab lab = Lab.open();

    @Test
    void aPublishedUpdateWaitsUntilItIsInstalled() {
        Set<String> servers = uris(lab.objects("/api/host/?limit=0"));
        await("nothing waits").atMost(Lab.LIMIT).untilAsserted(() -> assertThat(waiting())
                .isEmpty());

        String version = "2.15." + Instant.now().getEpochSecond();
        lab.simulator().post("/packages/lustre", Map.of("name", "lustre", "version", version, "release", "1.el8"));
        lab.succeed(command("TriggerPluginUpdatesJob", List.of(Map.of("plugin_names", List.of("packages")))));
        await("updates wait").atMost(Lab.LIMIT).untilAsserted(() -> assertThat(waiting())
                .isEqualTo(servers));
        await("alerts").atMost(Lab.LIMIT).untilAsserted(() -> assertThat(alerts())
                .isEqualTo(servers));
        assertThat(links(published(version), "available_hosts")).isEqualTo(servers);
        assertThat(links(published(version), "installed_hosts")).isEmpty();

        JsonNode update = command(
                "UpdateJob",
                lab.objects("/api/host/?limit=0").stream()
                        .map(host -> Map.of("host_id", host.path("id").asLong()))
                        .toList());
        assertThat(lab.jobs(update))
                .allSatisfy(
                        job -> assertThat(job.path("description").asText()).startsWith("Update packages on server"));
        lab.succeed(update);
        await("nothing waits any more").atMost(Lab.LIMIT).untilAsserted(() -> assertThat(waiting())
                .isEmpty());
        await("alerts have ended").atMost(Lab.LIMIT).untilAsserted(() -> assertThat(alerts())
                .isEmpty());
        assertThat(links(published(version), "installed_hosts")).isEqualTo(servers);
    }

    private JsonNode command(String jobClass, List<? extends Map<String, ?>> arguments) {
        List<Map<String, Object>> jobs = arguments.stream()
                .map(args -> Map.<String, Object>of("class_name", jobClass, "args", args))
                .toList();
        return lab.client()
                .post("/api/command/", Map.of("message", "Updates", "jobs", jobs))
                .orThrow("POST " + jobClass);
    }

    private Set<String> waiting() {
        return uris(lab.objects("/api/host/?limit=0").stream()
                .filter(host -> host.path("needs_update").asBoolean())
                .toList());
    }

    private Set<String> alerts() {
        return lab.objects("/api/alert/?limit=0&active=true&alert_type=UpdatesAvailableAlert").stream()
                .map(alert -> alert.path("alert_item").asText())
                .collect(Collectors.toSet());
    }

    private JsonNode published(String version) {
        return lab.objects("/api/package/?limit=0").stream()
                .filter(one -> one.path("name").asText().equals("lustre")
                        && one.path("version").asText().equals(version))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> links(JsonNode object, String field) {
        return object.path(field).valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }

    private static Set<String> uris(List<JsonNode> objects) {
        return objects.stream().map(one -> one.path("resource_uri").asText()).collect(Collectors.toSet());
    }
}
