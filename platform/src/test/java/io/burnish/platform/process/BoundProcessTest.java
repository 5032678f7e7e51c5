package io.burnish.platform.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BoundProcessTest {

    /** A parent whose only purpose is to be killed. */
    static final class Parent {
        public static void main(String[] arguments) throws Exception {
            Process child = BoundProcess.start(new ProcessBuilder("sleep", "600"), DeathSignal.TERM);
            System.out.println(child.pid());
            child.waitFor();
        }
    }

    @Test
    void aChildEndsWithAParentThatIsKilled() throws Exception {
        Process parent = new ProcessBuilder(
                        Executables.java().toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ProcessHandle child = ProcessHandle.of(firstNumber(parent)).orElseThrow();
        // the pid is printed while the wrappers still replace each other
        await().atMost(Duration.ofSeconds(10))
                .until(() -> child.info().command().orElse("").endsWith("sleep"));

        parent.destroyForcibly();

        await().atMost(Duration.ofSeconds(10)).until(() -> !child.isAlive());
    }

    @Test
    void aChildOutlivesTheThreadThatAskedForIt() throws Exception {
        AtomicReference<Process> started = new AtomicReference<>();
        Thread shortLived = Thread.ofPlatform().start(() -> started.set(sleep()));
        shortLived.join();

        // a second child is made later by the same lasting thread: when it runs, the first has had every chance to die
        Process later = sleep();
        try {
            assertThat(later.isAlive()).isTrue();
            assertThat(started.get().waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            later.destroyForcibly();
            started.get().destroyForcibly();
        }
    }

    @Test
    void theShownPidIsThatOfTheProgramBehindAllWrappers() throws Exception {
        Process child = BoundProcess.start(new ProcessBuilder("sh", "-c", "echo $$"), List.of("env"), DeathSignal.TERM);

        assertThat(firstNumber(child)).isEqualTo(child.pid());
    }

    private static long firstNumber(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        return Long.parseLong(output.readLine());
    }

    private static Process sleep() {
        try {
            return BoundProcess.start(new ProcessBuilder("sleep", "600"), DeathSignal.TERM);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
