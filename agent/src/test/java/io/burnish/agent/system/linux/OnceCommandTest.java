package io.burnish.agent.system.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.OutcomeUnknownException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A once-command takes effect once, although agents die and come back. */
class OnceCommandTest {

    @TempDir
    private Path directory;

    private LinuxHostSystem life(String boot) throws IOException {
        return new LinuxHostSystem(directory.resolve("state"), boot, System.getenv("PATH"));
    }

    /** Counts its runs in a file, and ends when another file appears. */
    private CommandLine counted(String key) {
        return CommandLine.of(
                        "sh",
                        "-c",
                        "echo run >> " + file("runs") + "; echo begun; while [ ! -e " + file("go")
                                + " ]; do sleep 0.02;" + " done; echo finished; echo warning >&2; exit 3")
                .once(key);
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private long runs() throws IOException {
        return Files.exists(file("runs")) ? Files.readAllLines(file("runs")).size() : 0;
    }

    @Test
    void theResultIsRecordedAndReturnedAgain() throws Exception {
        Files.createFile(file("go"));
        CommandResult expected = new CommandResult(3, "begun\nfinished\n", "warning\n");
        assertThat(life("b1").run(counted("k"))).isEqualTo(expected);
        assertThat(life("b1").run(counted("k"))).isEqualTo(expected);
        assertThat(life("b2").run(counted("k"))).as("also after a reboot").isEqualTo(expected);
        assertThat(runs()).isOne();
        assertThat(life("b1").run(counted("other"))).isEqualTo(expected);
        assertThat(runs()).isEqualTo(2);
    }

    @Test
    void theNextLifeWaitsForTheCommandThatStillRuns() throws Exception {
        // a JVM of its own, killed while the command runs
        Process agent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OnceCommandTest.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(file("log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(60)).until(() -> runs() == 1);
        agent.destroyForcibly().waitFor();
        List<String> shown = new CopyOnWriteArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<CommandResult> result = executor.submit(() -> life("b1").run(counted("k"), shown::add));
            await().until(() -> String.join("", shown).contains("begun"));
            assertThat(result.isDone()).isFalse();
            Files.createFile(file("go"));
            assertThat(result.get()).isEqualTo(new CommandResult(3, "begun\nfinished\n", "warning\n"));
        }
        assertThat(runs()).isOne();
    }

    /** The agent that is killed by {@link #theNextLifeWaitsForTheCommandThatStillRuns}. */
    public static void main(String[] args) throws Exception {
        OnceCommandTest test = new OnceCommandTest();
        test.directory = Path.of(args[0]);
        test.life("b1").run(test.counted("k"));
    }

    @Test
    void manyCallersOfOneKeyStartOneCommand() throws Exception {
        List<Future<CommandResult>> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                Callable<CommandResult> call = () -> life("b1").run(counted("k"));
                results.add(executor.submit(call));
            }
            await().until(() -> runs() > 0);
            Files.createFile(file("go"));
            for (Future<CommandResult> result : results) {
                assertThat(result.get().rc()).isEqualTo(3);
            }
        }
        assertThat(runs()).isOne();
    }

    @Test
    void afterARebootNobodyKnowsHowItEnded() throws Exception {
        Thread first = Thread.ofVirtual().start(() -> {
            try {
                life("b1").run(counted("k"));
            } catch (InterruptedException | IOException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> runs() == 1);
        assertThatThrownBy(() -> life("b2").run(counted("k"))).isInstanceOf(OutcomeUnknownException.class);
        first.interrupt();
        first.join();
        assertThat(runs()).isOne();
    }

    @Test
    void aCommandThatSomebodyKilledIsUnknownToo() throws Exception {
        Path claimed = OnceDirectory.of(directory.resolve("state/once"), "k").path();
        Thread first = Thread.ofVirtual().start(() -> {
            try {
                assertThatThrownBy(() -> life("b1").run(counted("k"))).isInstanceOf(OutcomeUnknownException.class);
            } finally {
                file("seen").toFile().mkdir();
            }
        });
        await().until(() -> runs() == 1);
        String pid = Files.readString(claimed.resolve("pid")).split(" ")[0];
        life("b1").run(CommandLine.of("kill", "-KILL", "--", "-" + pid));
        first.join();
        assertThat(file("seen")).exists();
    }

    @Test
    void cancellingKillsTheCommand() throws Exception {
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                life("b1").run(counted("k"));
            } catch (InterruptedException e) {
                file("interrupted").toFile().mkdir();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        await().until(() -> runs() == 1);
        caller.interrupt();
        caller.join();
        assertThat(file("interrupted")).exists();
        Path claimed = OnceDirectory.of(directory.resolve("state/once"), "k").path();
        long pid = Long.parseLong(Files.readString(claimed.resolve("pid")).split(" ")[0]);
        assertThat(new ProcessGroup(pid).alive()).isFalse();
    }

    @Test
    void atItsTimeoutTheCommandIsKilledAndThatIsItsResult() throws Exception {
        CommandLine line = counted("k").within(Duration.ofMillis(300));
        assertThat(life("b1").run(line).rc()).isEqualTo(CommandResult.TIMED_OUT);
        assertThat(life("b1").run(line).rc()).isEqualTo(CommandResult.TIMED_OUT);
        assertThat(runs()).isOne();
    }

    @Test
    void aClaimWithoutAStartIsTakenUpByTheNextLife() throws Exception {
        // the agent died after it had made the directory, and before the wrapper ran
        OnceDirectory.of(directory.resolve("state/once"), "k").create("b1", "");
        Files.createFile(file("go"));
        assertThat(life("b2").run(counted("k")).rc()).isEqualTo(3);
        assertThat(runs()).isOne();
    }

    @Test
    void oldRecordsAreRemoved() throws Exception {
        Files.createFile(file("go"));
        life("b1").run(counted("k"));
        Path root = directory.resolve("state/once");
        OnceDirectory.removeOld(root, Instant.now());
        assertThat(root).isNotEmptyDirectory();
        OnceDirectory.removeOld(root, Instant.now().plus(Duration.ofDays(15)));
        assertThat(root).isEmptyDirectory();
    }
}
