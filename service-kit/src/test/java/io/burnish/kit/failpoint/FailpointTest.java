package io.burnish.kit.failpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failpoint ends the process whose file it finds, once; without the variable it does nothing. */
class FailpointTest {

    @TempDir
    Path directory;

    @Test
    void aPointWithItsFileEndsTheProcessOnceAndTheFileIsGone() throws Exception {
        Path file = Files.createFile(directory.resolve("test-service.BEFORE_PUBLISH"));
        Map<String, String> on = Map.of(Failpoint.VARIABLE, directory.toString());
        assertThat(run(on)).isEqualTo(Failpoint.STATUS);
        assertThat(file).doesNotExist();
        assertThat(run(on)).isZero();
    }

    @Test
    void filesOfOtherServicesAndPointsEndNothing() throws Exception {
        Files.createFile(directory.resolve("other-service.BEFORE_PUBLISH"));
        Files.createFile(directory.resolve("test-service.AFTER_PUBLISH"));
        assertThat(run(Map.of(Failpoint.VARIABLE, directory.toString()))).isZero();
    }

    @Test
    void withoutTheVariableFilesEndNothing() throws Exception {
        Path file = Files.createFile(directory.resolve("test-service.BEFORE_PUBLISH"));
        assertThat(run(Map.of())).isZero();
        assertThat(file).exists();
    }

    /** A process that reaches a point, then ends well. */
    private static int run(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dquarkus.application.name=test-service",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reaching.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        process.environment().remove(Failpoint.VARIABLE);
        process.environment().putAll(environment);
        return process.start().waitFor();
    }

    /** The process. */
    static final class Reaching {
        private Reaching() {}

        public static void main(String[] args) {
            Failpoint.BEFORE_PUBLISH.reach();
        }
    }
}
