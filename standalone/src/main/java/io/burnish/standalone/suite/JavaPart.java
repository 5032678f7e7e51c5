package io.burnish.standalone.suite;

import io.burnish.platform.process.BoundProcess;
import io.burnish.platform.process.DeathSignal;
import io.burnish.platform.process.OutputPump;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A JVM of its own.
 *
 * @param command the program with its arguments
 * @param environment added to the supervisor's own
 * @param log receives what it prints, line by line
 */
record JavaPart(
        String name, List<String> command, Map<String, String> environment, Path directory, Consumer<String> log)
        implements Part {

    @Override
    public Running start() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = BoundProcess.start(builder, DeathSignal.KILL);
        OutputPump.of(process, log);
        return new RunningJvm(process);
    }

    private record RunningJvm(Process child) implements Running {

        @Override
        public ProcessHandle process() {
            return child.toHandle();
        }

        @Override
        public CompletableFuture<Integer> onExit() {
            return child.onExit().thenApply(Process::exitValue);
        }

        @Override
        public void stop(Duration patience) {
            child.destroy();
            try {
                if (!child.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    child.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                child.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
