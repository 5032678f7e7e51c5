package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.standalone.client.ApiException;
import io.burnish.standalone.client.CommandWatch;
import io.burnish.system.Strikes.Strike;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promise 1: a command answered with 202 is never lost, and no step takes effect twice, whatever is killed ({@code kill -9}) and
 * wherever. Each process dies at several points while a file system is created; jobs, steps, states and the formats that the simulated
 * servers have seen are those of a creation that nobody disturbed.
 */
class KillTest {

    private static final String NAME = "killfs";
    /** Jobs complete at the moment of a kill that is not bound to a failpoint: during the formats, in the middle, near the end. */
    private static final List<Integer> POINTS = List.of(0, 9, 18);

    private static final int CREATIONS = 4;
    private static final Duration READY_AGAIN = Duration.ofMinutes(2);
    /** Values of {@code Failpoint} in the service kit. */
    private static final Map<String, List<String>> FAILPOINTS = Map.of(
            "command-service",
            List.of(
                    "COMMAND_STORED",
                    "COMMAND_ACCEPTED",
                    "BEFORE_PUBLISH",
                    "AFTER_PUBLISH",
                    "BEFORE_LOCK_RELEASE",
                    "BEFORE_ACKNOWLEDGE"),
            "target-service",
            List.of(
                    "DISPATCH_TAKEN",
                    "BEFORE_STEP_RESULT",
                    "BEFORE_PUBLISH",
                    "AFTER_PUBLISH",
                    "AFTER_STEP_RESULT",
                    "BEFORE_STATE_COMMIT",
                    "AFTER_STATE_COMMIT",
                    "BEFORE_ACKNOWLEDGE"),
            "filesystem-service",
            List.of(
                    "DISPATCH_TAKEN",
                    "BEFORE_STATE_COMMIT",
                    "AFTER_STATE_COMMIT",
                    "BEFORE_ACKNOWLEDGE",
                    "BEFORE_PUBLISH",
                    "AFTER_PUBLISH"),
            "host-service",
            List.of("BEFORE_ACKNOWLEDGE", "OUTCOME_STORED", "BEFORE_PUBLISH", "AFTER_PUBLISH"),
            "alert-service",
            List.of("BEFORE_ACKNOWLEDGE"));

    private static Undisturbed undisturbed;

    private final Lab lab = Lab.open();
    private Strikes strikes = new Strikes(lab.failpoints(), List.of());

    /**
     * What a creation leaves.
     *
     * @param jobs by description: class, end, and the steps with theirs
     * @param states of the objects
     */
    private record Undisturbed(Map<String, String> jobs, Map<String, String> states) {}

    /** All failpoints, dealt out so that a service dies at most twice in one creation. */
    static Stream<List<Strike>> deaths() {
        List<List<Strike>> creations = IntStream.range(0, CREATIONS)
                .<List<Strike>>mapToObj(i -> new ArrayList<>())
                .toList();
        new TreeMap<>(FAILPOINTS).forEach((service, points) -> {
            for (int i = 0; i < points.size(); i++) {
                creations.get(i % CREATIONS).add(new Strike(service, points.get(i)));
            }
        });
        return creations.stream();
    }

    static Stream<List<String>> victims() {
        return Stream.of(List.of("gateway", "alert-service", "metrics-service"), List.of("kafka", "postgres"));
    }

    @BeforeEach
    void undisturbedCreation() {
        lab.removeFilesystems();
        if (undisturbed == null) {
            JsonNode command = lab.createFilesystem(NAME).path("command");
            lab.succeed(command);
            undisturbed = end(command);
            lab.removeFilesystems();
        }
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        strikes.disarm();
        lab.suite().awaitReady(READY_AGAIN);
        lab.simulator().delete("/faults");
        lab.removeFilesystems();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deaths")
    void creationGoesOnWhenProcessesDieAt(List<Strike> deaths) throws Exception {
        strikes = new Strikes(lab.failpoints(), deaths);
        creationSurvives(progress -> strikes.advance().isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("victims")
    void creationGoesOnAfterKillsOf(List<String> victims) throws Exception {
        List<Integer> points = new ArrayList<>(POINTS);
        creationSurvives(progress -> {
            Map<String, ProcessHandle> processes = lab.suite().processes();
            if (!points.isEmpty()
                    && processes.keySet().containsAll(victims)
                    && (progress.done() >= points.getFirst() || progress.ended())) {
                points.removeFirst();
                victims.forEach(victim -> processes.get(victim).destroyForcibly());
            }
            return points.isEmpty();
        });
    }

    @Test
    void creationGoesOnAfterKillsOfAgentsAlsoBetweenAFormatAndItsAnswer() throws Exception {
        for (String command : List.of("mkfs.lustre .*", "crm_resource .*")) {
            lab.simulator().post("/faults", Map.of("match", command, "times", 2, "killsAgent", true));
        }
        List<Integer> points = new ArrayList<>(POINTS);
        creationSurvives(progress -> {
            if (!points.isEmpty() && (progress.done() >= points.getFirst() || progress.ended())) {
                points.removeFirst();
                for (String server : List.of("mds1", "oss2")) {
                    lab.simulator().post("/servers/" + server + ".lab.example/kill-agent", null);
                    lab.simulator().post("/servers/" + server + ".lab.example/start-agent", null);
                }
            }
            return points.isEmpty();
        });
    }

    /**
     * Creates a file system, and stops and starts it until all has been killed that shall be.
     *
     * @param kills is given the progress of the command again and again; whether there is nothing more to kill
     */
    private void creationSurvives(Predicate<CommandWatch.Progress> kills) throws Exception {
        Map<String, Integer> before = formats();
        JsonNode command = lab.client()
                .postOnce("/api/filesystem/", lab.filesystemBody(NAME), Lab.LIMIT)
                .orThrow("creating " + NAME)
                .path("command");
        boolean allKilled = succeeds(command, kills);
        for (int round = 0; round < 2 && !allKilled; round++) {
            allKilled = reaches("stopped", kills) | reaches("available", kills);
        }
        assertThat(allKilled)
                .as("all kills took place; to come: %s", strikes.advance())
                .isTrue();
        lab.suite().awaitReady(READY_AGAIN);
        await().ignoreExceptionsInstanceOf(ApiException.class)
                .atMost(READY_AGAIN)
                .untilAsserted(() -> assertThat(end(command)).isEqualTo(undisturbed));
        assertThat(formatsSince(before).values())
                .as("formats of each volume")
                .hasSize(6)
                .containsOnly(1);
    }

    private boolean succeeds(JsonNode command, Predicate<CommandWatch.Progress> kills) {
        boolean[] allKilled = {false};
        CommandWatch.Progress end = lab.await(command, progress -> allKilled[0] = kills.test(progress));
        assertThat(end.succeeded()).as("%s %s", end.state(), end.failures()).isTrue();
        return allKilled[0];
    }

    /** Asks until everybody who is needed for an answer is there; a question that was lost may have been heard. */
    private boolean reaches(String state, Predicate<CommandWatch.Progress> kills) {
        String uri = "/api/filesystem/?name=" + NAME;
        JsonNode command = await().ignoreExceptionsInstanceOf(ApiException.class)
                .atMost(READY_AGAIN)
                .until(() -> lab.put(lab.only(uri).path("resource_uri").asText(), state), reply -> true);
        return command.isObject() && succeeds(command, kills);
    }

    private Undisturbed end(JsonNode command) {
        Map<String, String> jobs = new TreeMap<>();
        for (JsonNode job : lab.jobs(command)) {
            List<String> steps = new ArrayList<>();
            lab.objects("/api/step/?limit=0&job=" + job.path("id").asLong())
                    .forEach(step -> steps.add("%d %s %s"
                            .formatted(
                                    step.path("step_index").asInt(),
                                    step.path("class_name").asText(),
                                    step.path("state").asText())));
            jobs.put(
                    job.path("description").asText(),
                    "%s errored=%s cancelled=%s %s"
                            .formatted(
                                    job.path("class_name").asText(),
                                    job.path("errored"),
                                    job.path("cancelled"),
                                    steps.stream().sorted().toList()));
        }
        return new Undisturbed(jobs, states());
    }

    private Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        Stream.of("/api/filesystem/?limit=0", "/api/target/?limit=0")
                .flatMap(uri -> lab.objects(uri).stream())
                .forEach(object -> states.put(
                        object.path("label").asText(), object.path("state").asText()));
        return states;
    }

    private Map<String, Integer> formatsSince(Map<String, Integer> before) {
        Map<String, Integer> more = new HashMap<>();
        formats().forEach((device, count) -> {
            int fresh = count - before.getOrDefault(device, 0);
            if (fresh != 0) {
                more.put(device, fresh);
            }
        });
        return more;
    }

    private Map<String, Integer> formats() {
        Map<String, Integer> counts = new HashMap<>();
        lab.simulator()
                .get("/effects")
                .path("mkfs")
                .properties()
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue().asInt()));
        return counts;
    }
}
