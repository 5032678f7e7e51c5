package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.standalone.client.CommandWatch;
import io.burnish.standalone.install.Installation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promise 1: a command answered with 202 is never lost, and no step takes effect twice, whatever is killed ({@code kill -9}) and
 * wherever in the job graph of a file system's creation.
 */
class KillTest {

    private static final String NAME = "killfs";
    /** Jobs complete at the moment of the kill: during the formats, in the middle, near the end. */
    private static final List<Integer> POINTS = List.of(0, 9, 18);

    private final Lab lab = Lab.open();

    static Stream<Arguments> kills() {
        List<List<String>> victims = new ArrayList<>();
        Installation.services().forEach(service -> victims.add(List.of(service)));
        victims.add(List.of("kafka", "postgres"));
        return victims.stream().flatMap(names -> POINTS.stream().map(point -> Arguments.of(names, point)));
    }

    static Stream<Arguments> agents() {
        return Stream.of("mds1", "oss2").flatMap(server -> POINTS.stream().map(point -> Arguments.of(server, point)));
    }

    @BeforeEach
    @AfterEach
    void nothingIsLeft() {
        lab.removeFilesystems();
    }

    @ParameterizedTest(name = "{0} after {1} jobs")
    @MethodSource("kills")
    void creationGoesOnAfterAKillOf(List<String> victims, int point) throws Exception {
        creationSurvives(point, () -> {
            Map<String, ProcessHandle> processes = lab.suite().processes();
            victims.forEach(victim -> processes.get(victim).destroyForcibly());
        });
        lab.suite().awaitReady(Duration.ofMinutes(1));
    }

    @ParameterizedTest(name = "agent of {0} after {1} jobs")
    @MethodSource("agents")
    void creationGoesOnAfterAKillOfTheAgentOf(String server, int point) {
        creationSurvives(point, () -> {
            lab.simulator().post("/servers/" + server + ".lab.example/kill-agent", null);
            lab.simulator().post("/servers/" + server + ".lab.example/start-agent", null);
        });
    }

    private void creationSurvives(int point, Runnable kill) {
        Map<String, Integer> before = formats();
        JsonNode command = lab.createFilesystem(NAME).path("command");
        AtomicBoolean killed = new AtomicBoolean();
        CommandWatch.Progress end = lab.await(command, progress -> {
            if (progress.done() >= point && killed.compareAndSet(false, true)) {
                kill.run();
            }
        });
        assertThat(killed)
                .as("the command was still running when %d jobs were complete", point)
                .isTrue();
        assertThat(end.succeeded()).as("%s %s", end.state(), end.failures()).isTrue();
        assertThat(formatsSince(before).values())
                .as("formats of each volume")
                .hasSize(6)
                .containsOnly(1);
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
