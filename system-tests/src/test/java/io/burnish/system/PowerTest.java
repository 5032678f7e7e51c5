package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers are switched through power distribution units; what ran there goes on elsewhere. */
class PowerTest {

    private static final String NAME = "powerfs";
    /** Its two supplies hang on outlet 3 of both units of the simulator. */
    private static final String SERVER = "oss1.lab.example";

    private static final String PEER = "oss2.lab.example";
    private static final String OUTLET = "3";
    private static final String DEVICES = "/api/power_control_device/";

    private final Lab lab = Lab.open();

    @BeforeEach
    @AfterEach
    void nothingIsLeft() {
        lab.simulator().delete("/faults");
        for (JsonNode device : lab.objects(DEVICES + "?limit=0")) {
            lab.client().delete(device.path("resource_uri").asText());
        }
        lab.removeFilesystems();
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(200))
                .until(condition);
    }

    private JsonNode server() {
        return lab.only("/api/host/?fqdn=" + SERVER);
    }

    private boolean offered(String jobClass) {
        return StreamSupport.stream(server().path("available_jobs").spliterator(), false)
                .anyMatch(job -> job.path("class_name").asText().equals(jobClass));
    }

    private JsonNode command(String jobClass) {
        Map<String, Object> job = Map.of(
                "class_name",
                jobClass,
                "args",
                Map.of("host_id", server().path("id").asLong()));
        return lab.client()
                .post("/api/command/", Map.of("jobs", List.of(job), "message", jobClass))
                .orThrow("POST " + jobClass);
    }

    private boolean runs() {
        return StreamSupport.stream(lab.simulator().get("/servers").spliterator(), false)
                .anyMatch(server -> server.path("name").asText().equals(SERVER)
                        && server.path("powered_on").asBoolean());
    }

    /** A unit of the simulator, with the outlet of the server assigned. */
    private JsonNode feed(String address) {
        String type = lab.only("/api/power_control_type/?name=APC%207900%20(8%20outlets)")
                .path("resource_uri")
                .asText();
        JsonNode device = lab.client()
                .post(DEVICES, Map.of("device_type", type, "address", address))
                .orThrow("POST the unit");
        assertThat(device.path("outlets")).hasSize(8);
        String outlet = device.path("outlets").get(2).path("resource_uri").asText();
        JsonNode fed = lab.client()
                .send(
                        "PATCH",
                        outlet,
                        Map.of("host", server().path("resource_uri").asText()))
                .orThrow("PATCH the outlet");
        assertThat(fed.path("identifier").asText()).isEqualTo(OUTLET);
        return device;
    }

    private List<String> placesOfTargets() {
        List<String> places = new ArrayList<>();
        lab.objects("/api/target/?kind=OST&limit=0")
                .forEach(target -> places.add(target.path("active_host").asText()));
        return places;
    }

    @Test
    void aServerIsSwitchedOffItsTargetsFailOverAndItComesBack() {
        lab.succeed(lab.createFilesystem(NAME).path("command"));
        JsonNode unit = feed("10.73.11.1");
        feed("10.73.11.2");
        String peer = lab.only("/api/host/?fqdn=" + PEER).path("resource_uri").asText();
        String home = server().path("resource_uri").asText();
        assertThat(placesOfTargets()).contains(home);

        // the outlets are found to have power, and the cluster is told how the server is fenced
        eventually(() -> offered("PoweroffHostJob"));
        assertThat(offered("PoweronHostJob")).isFalse();
        String fencing = "Configuring fencing agent on " + SERVER + " Pacemaker configuration";
        eventually(() -> StreamSupport.stream(
                        lab.client()
                                .get("/api/command/?limit=0")
                                .orThrow("commands")
                                .path("objects")
                                .spliterator(),
                        false)
                .anyMatch(command -> command.path("message").asText().equals(fencing)
                        && command.path("complete").asBoolean()
                        && !command.path("errored").asBoolean()));

        String boot = server().path("boot_time").asText();
        lab.succeed(command("PoweroffHostJob"));
        assertThat(runs()).isFalse();
        eventually(() -> placesOfTargets().stream().allMatch(peer::equals));
        eventually(() -> offered("PoweronHostJob"));

        lab.succeed(command("PoweronHostJob"));
        assertThat(runs()).isTrue();
        eventually(() -> !server().path("boot_time").asText().equals(boot));

        eventually(() -> offered("PowercycleHostJob"));
        String second = server().path("boot_time").asText();
        JsonNode cycle = command("PowercycleHostJob");
        lab.succeed(cycle);
        assertThat(lab.jobs(cycle).getFirst().path("step_results").size()).isEqualTo(2);
        eventually(() -> !server().path("boot_time").asText().equals(second));

        aUnitThatDoesNotAnswerIsNotTrusted(unit);
    }

    private void aUnitThatDoesNotAnswerIsNotTrusted(JsonNode unit) {
        lab.simulator()
                .post(
                        "/faults",
                        Map.of("server", "10.73.11.1", "match", ".*-o monitor.*", "rc", 1, "stderr", "no route to it"));
        eventually(() -> lab.client()
                .get(unit.path("resource_uri").asText())
                .orThrow("GET the unit")
                .path("outlets")
                .get(2)
                .path("has_power")
                .isNull());
        lab.simulator().delete("/faults");
        eventually(() -> offered("PoweroffHostJob"));
    }
}
