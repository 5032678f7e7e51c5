package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Configuration parameters: from a request to the MGS's own log, and what happens when the MGS does not take one. */
class ParameterTest {

    private static final String NAME = "testfs";
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Lab lab = Lab.open();

    @BeforeEach
    @AfterEach
    void nothingIsLeft() {
        lab.simulator().delete("/faults");
        lab.removeFilesystems();
    }

    @Test
    void parametersReachTheMgsAndWhatItLacksIsShownUntilItHasIt() throws IOException {
        Map<String, Object> body = lab.filesystemBody(NAME);
        body.put("conf_params", Map.of("sys.timeout", "60"));
        body.put("mdts", with((List<?>) body.get("mdts"), Map.of("lov.stripecount", "-1")));
        body.put("osts", with((List<?>) body.get("osts"), Map.of("osc.max_dirty_mb", "16")));
        JsonNode creation =
                lab.client().post("/api/filesystem/", body).orThrow("creating").path("command");
        lab.succeed(creation);
        assertThat(lab.jobs(creation).stream().map(job -> job.path("class_name").asText()))
                .contains("ApplyConfParams");
        assertThat(mgsLog(NAME + "-client"))
                .contains("device: %s, parameter: sys.timeout=60".formatted(NAME))
                .contains("device: %s-OST0000, parameter: osc.max_dirty_mb=16".formatted(NAME));
        assertThat(mgsLog(NAME + "-MDT0000")).contains("parameter: lov.stripecount=-1");
        assertThat(parametersOnMgs().path("applied_version"))
                .isEqualTo(parametersOnMgs().path("version"));

        lab.simulator()
                .post(
                        "/faults",
                        Map.of(
                                "match",
                                "lctl conf_param.*",
                                "rc",
                                22,
                                "stderr",
                                "error: conf_param: Invalid argument"));
        JsonNode refused = change("sys.timeout", "20");
        assertThat(lab.await(refused).succeeded()).isFalse();
        assertThat(filesystem().at("/conf_params/sys.timeout").asText()).isEqualTo("20");
        assertThat(parametersOnMgs().path("applied_version").asInt())
                .isLessThan(parametersOnMgs().path("version").asInt());
        assertThat(mgsLog(NAME + "-client")).contains("parameter: sys.timeout=60");

        lab.simulator().delete("/faults");
        lab.succeed(lab.put(filesystem().path("resource_uri").asText(), "stopped"));
        await().atMost(SOON).untilAsserted(() -> assertThat(parametersOnMgs().path("applied_version"))
                .isEqualTo(parametersOnMgs().path("version")));
        assertThat(mgsLog(NAME + "-client"))
                .contains("parameter: sys.timeout=20")
                .doesNotContain("parameter: sys.timeout=60");
        assertThat(lab.objects("/api/command/?limit=0").stream()
                        .map(command -> command.path("message").asText()))
                .contains("Updating configuration parameters on MGS");

        lab.succeed(lab.client()
                .post(
                        "/api/command/",
                        Map.of(
                                "message",
                                "new NIDs",
                                "jobs",
                                List.of(Map.of("class_name", "UpdateNidsJob", "args", Map.of()))))
                .orThrow("UpdateNidsJob"));
        assertThat(filesystem().path("state").asText()).isEqualTo("stopped");
        assertThat(parametersOnMgs().path("applied_version").asInt())
                .isLessThan(parametersOnMgs().path("version").asInt());
        lab.succeed(lab.put(filesystem().path("resource_uri").asText(), "available"));
        await().atMost(SOON).untilAsserted(() -> assertThat(parametersOnMgs().path("applied_version"))
                .isEqualTo(parametersOnMgs().path("version")));
        assertThat(mgsLog(NAME + "-client")).contains("parameter: sys.timeout=20");
    }

    private static List<?> with(List<?> targets, Map<String, String> parameters) {
        return targets.stream()
                .map(target -> {
                    Map<Object, Object> wanted = new HashMap<>((Map<?, ?>) target);
                    wanted.put("conf_params", parameters);
                    return wanted;
                })
                .toList();
    }

    private JsonNode filesystem() {
        return lab.only("/api/filesystem/?name=" + NAME);
    }

    private JsonNode mgt() {
        return lab.only("/api/target/?kind=MGT");
    }

    private JsonNode parametersOnMgs() {
        return lab.client()
                .get(mgt().path("resource_uri").asText() + "conf_params/")
                .orThrow("the parameters of the MGS");
    }

    private JsonNode change(String name, String value) {
        JsonNode filesystem = filesystem();
        return lab.client()
                .put(
                        filesystem.path("resource_uri").asText(),
                        Map.of("id", filesystem.path("id").asLong(), "conf_params", Map.of(name, value)))
                .orThrow("changing " + name)
                .path("command");
    }

    /** What the MGS has recorded, as its own tool shows it. */
    private String mgsLog(String log) throws IOException {
        String server = mgt().path("active_host_name").asText();
        return ServerShell.run(
                lab.suite().data().simulator().resolve("ssh-hosts.json"),
                server,
                Lab.SERVER_PASSWORD,
                "lctl --device MGS llog_print " + log);
    }
}
