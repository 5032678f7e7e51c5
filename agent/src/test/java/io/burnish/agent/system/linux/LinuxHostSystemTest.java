package io.burnish.agent.system.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandNotFoundException;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem.JournalEntry;
import io.burnish.agent.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands and files of a real machine. */
class LinuxHostSystemTest {

    @TempDir
    private Path directory;

    private LinuxHostSystem host;

    @BeforeEach
    void open() throws IOException {
        host = new LinuxHostSystem(directory.resolve("state"));
    }

    private static CommandLine sh(String script) {
        return CommandLine.of("sh", "-c", script);
    }

    private static boolean alive(String pidFile) {
        try {
            long pid = Long.parseLong(Files.readString(Path.of(pidFile)).strip());
            String state = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return !state.substring(state.lastIndexOf(')')).startsWith(") Z");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void outputAndExitStatusAreReturned() throws InterruptedException {
        assertThat(host.run(sh("echo out; echo err >&2; exit 7"))).isEqualTo(new CommandResult(7, "out\n", "err\n"));
    }

    @Test
    void argumentsArePassedAsTheyAre() throws InterruptedException {
        assertThat(host.run(CommandLine.of("printf", "%s|", "a b", "$HOME", "'", "*", ""))
                        .stdout())
                .isEqualTo("a b|$HOME|'|*||");
    }

    @Test
    void inputReachesTheCommand() throws InterruptedException {
        assertThat(host.run(CommandLine.of("cat").withInput("secret\n")).stdout())
                .isEqualTo("secret\n");
        assertThat(host.run(CommandLine.of("true").withInput("x".repeat(1 << 20)))
                        .ok())
                .isTrue();
    }

    @Test
    void theTerminalIsUnset() throws InterruptedException {
        assertThat(host.run(sh("echo \"[$TERM]\"")).stdout()).isEqualTo("[]\n");
    }

    @Test
    void outputIsShownAsItComes() throws Exception {
        List<String> pieces = new CopyOnWriteArrayList<>();
        Path go = directory.resolve("go");
        Thread runner = Thread.ofVirtual().start(() -> {
            try {
                host.run(sh("echo first; while [ ! -e " + go + " ]; do sleep 0.01; done; echo second"), pieces::add);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> String.join("", pieces).equals("first\n"));
        Files.createFile(go);
        runner.join();
        assertThat(String.join("", pieces)).isEqualTo("first\nsecond\n");
    }

    @Test
    void aMissingExecutableIsSaid() {
        assertThatThrownBy(() -> host.run(CommandLine.of("no-such-tool")))
                .isInstanceOf(CommandNotFoundException.class)
                .hasMessageContaining("no-such-tool");
        assertThatThrownBy(() -> host.run(CommandLine.of("/etc/passwd"))).isInstanceOf(CommandNotFoundException.class);
    }

    @Test
    void atItsTimeoutACommandIsKilledWithEverythingThatItStarted() throws InterruptedException {
        String child = directory.resolve("child").toString();
        CommandResult result = host.run(
                sh("echo begun; sleep 300 & echo $! > " + child + "; wait").within(Duration.ofSeconds(2)));
        assertThat(result.rc()).isEqualTo(CommandResult.TIMED_OUT);
        assertThat(result.stdout()).isEqualTo("begun\n");
        assertThat(alive(child)).isFalse();
    }

    @Test
    void aCommandThatIgnoresTheFirstSignalIsKilledAsWell() throws InterruptedException {
        String self = directory.resolve("self").toString();
        host.run(sh("trap '' TERM; echo $$ > " + self + "; while :; do sleep 0.05; done")
                .within(Duration.ofSeconds(2)));
        assertThat(alive(self)).isFalse();
    }

    @Test
    void anInterruptedCallKillsItsCommand() throws Exception {
        String child = directory.resolve("child").toString();
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread runner = Thread.ofVirtual().start(() -> {
            try {
                host.run(sh("sleep 300 & echo $! > " + child + "; wait"));
            } catch (InterruptedException e) {
                end.set(e);
            }
        });
        await().until(() -> alive(child));
        runner.interrupt();
        runner.join();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(alive(child)).isFalse();
    }

    @Test
    void aServiceThatACommandLeavesBehindGoesOn() throws InterruptedException {
        String child = directory.resolve("child").toString();
        // as an init script does: the child keeps the command's output open
        CommandResult result = host.run(sh("sleep 30 & echo $! > " + child + "; echo started"));
        assertThat(result).isEqualTo(new CommandResult(0, "started\n", ""));
        assertThat(alive(child)).isTrue();
        host.run(sh("kill $(cat " + child + ")"));
    }

    @Test
    void endlessOutputIsBounded() throws InterruptedException {
        String stdout = host.run(sh("echo begin; head -c 20000000 /dev/zero | tr '\\0' x; echo; echo end"))
                .stdout();
        assertThat(stdout)
                .hasSizeLessThan(ForegroundCommand.OUTPUT_LIMIT + 100)
                .startsWith("begin")
                .endsWith("end\n");
        assertThat(stdout).contains("characters left out");
    }

    @Test
    void outputThatIsNotTextIsReplaced() throws InterruptedException {
        assertThat(host.run(sh("printf 'a\\377b'")).stdout()).isEqualTo("a\uFFFDb");
    }

    @Test
    void filesAreWrittenWholeWithTheirMode() throws IOException {
        Path file = directory.resolve("new/dir/file");
        host.write(file, "one\n", 0600);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        host.write(file, "two\n", 0755);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-xr-x");
        assertThat(host.read(file)).contains("two\n");
        assertThat(host.list(directory.resolve("new/dir"))).containsExactly("file");
        host.delete(file);
        host.delete(file);
        assertThat(host.read(file)).isEmpty();
        assertThat(host.exists(file)).isFalse();
        assertThat(host.list(file)).isEmpty();
    }

    @Test
    void linksAreFollowedToTheirEnd() throws IOException {
        Path target = Files.createFile(directory.resolve("target")).toRealPath();
        Files.createSymbolicLink(directory.resolve("a"), directory.resolve("b"));
        Files.createSymbolicLink(directory.resolve("b"), target);
        assertThat(host.realPath(directory.resolve("a"))).contains(target);
        assertThat(host.realPath(directory.resolve("none"))).isEmpty();
    }

    @Test
    void filesOfTheKernelAreRead() throws IOException {
        assertThat(host.read(Path.of("/proc/self/stat"))).isPresent();
        assertThat(host.bootId()).matches("[0-9a-f-]{36}");
        assertThat(host.names().nodename()).isNotBlank();
    }

    @Test
    void theJournalIsReadFromItsTailOn() throws Exception {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        Path entries = directory.resolve("entries");
        Files.writeString(entries, Fixtures.lustre217("28-writeconf/journal-kernel-json.out"));
        // like the real one: the last entry, or those after a cursor
        Files.writeString(tools.resolve("journalctl"), """
                #!/bin/sh
                for a; do case "$a" in --after-cursor=*) c=${a#--after-cursor=};; esac; done
                if [ -z "$c" ]; then tail -n 1 %1$s; else grep -n -F "\\"$c\\"" %1$s | cut -d: -f1 |
                { read n; tail -n +$((n + 1)) %1$s; }; fi
                """.formatted(entries));
        Files.setPosixFilePermissions(tools.resolve("journalctl"), PosixFilePermissions.fromString("rwx------"));
        LinuxHostSystem machine = new LinuxHostSystem(directory.resolve("state2"), "b1", tools.toString());
        assertThat(machine.journal(10)).isEmpty();
        assertThat(machine.journal(10)).isEmpty();
        for (int i = 1; i <= 3; i++) {
            Files.writeString(
                    entries,
                    "{\"__CURSOR\":\"c" + i + "\",\"__REALTIME_TIMESTAMP\":\"1709367600250118\",\"PRIORITY\":\"4\","
                            + "\"SYSLOG_FACILITY\":\"0\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"MESSAGE\":\"line " + i
                            + "\"}\n",
                    java.nio.file.StandardOpenOption.APPEND);
        }
        assertThat(machine.journal(2)).extracting(JournalEntry::message).containsExactly("line 1", "line 2");
        assertThat(machine.journal(2)).extracting(JournalEntry::message).containsExactly("line 3");
        assertThat(machine.journal(2)).isEmpty();
    }

    @Test
    void journalEntriesOfAllFormsAreRead() {
        String at = "\"__REALTIME_TIMESTAMP\":\"1709367600250118\"";
        assertThat(
                        JournalLine.parse(
                                "{" + at
                                        + ",\"PRIORITY\":\"4\",\"SYSLOG_FACILITY\":\"0\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"MESSAGE\":\"x\"}"))
                .contains(new JournalEntry(Instant.parse("2024-03-02T08:20:00.250118Z"), 4, 0, "kernel", "x"));
        assertThat(JournalLine.parse("{" + at + ",\"MESSAGE\":[76,117,115,116,114,101]}")
                        .orElseThrow())
                .satisfies(entry -> {
                    assertThat(entry.message()).isEqualTo("Lustre");
                    assertThat(entry.facility()).isEqualTo(3);
                    assertThat(entry.identifier()).isEqualTo("unknown");
                });
        assertThat(JournalLine.parse("{" + at + ",\"MESSAGE\":null}")
                        .orElseThrow()
                        .message())
                .isEmpty();
        assertThat(JournalLine.parse("-- No entries --")).isEmpty();
        assertThat(Fixtures.lustre217("28-writeconf/journal-kernel-json.out")
                        .lines()
                        .map(JournalLine::parse))
                .allMatch(entry -> entry.isPresent() && entry.get().identifier().equals("kernel"));
    }
}
