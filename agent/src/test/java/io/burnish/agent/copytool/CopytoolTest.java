package io.burnish.agent.copytool;

import static io.burnish.agent.testing.ScriptedHost.failed;
import static io.burnish.agent.testing.ScriptedHost.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.ScriptedHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copytools are run as services, and their events reach the manager (agent contract, 13). */
class CopytoolTest {

    private static final String CONFIGURE =
            "{'id':'7','index':0,'bin_path':'/usr/sbin/lhsmtool_posix','archive_number':1,"
                    + "'filesystem':'fs1','mountpoint':'/mnt/lustre_clients/fs1','hsm_arguments':'--hsm-root /arch'}";
    private static final String MONITOR = "systemctl is-active chroma-copytool-monitor-7";
    private static final String TOOL = "systemctl is-active chroma-copytool-7";

    private ScriptedHost host;
    private Actions actions;

    @BeforeEach
    void server(@TempDir Path state) {
        host = new ScriptedHost(state);
        actions = Actions.of(CopytoolActions.all(), host);
    }

    @Test
    void theMonitorStartsFirstAndStopsLast() {
        assertThat(actions.succeed("configure_copytool", CONFIGURE).asText()).isEqualTo("7");
        host.on(MONITOR, failed(3, ""), ok("active"), ok("active"), failed(3, ""));
        host.on(TOOL, failed(3, ""), ok("active"), ok("active"), failed(3, ""));
        actions.succeed("start_monitored_copytool", "{'id':'7'}");
        assertThat(host.commands())
                .containsExactly(
                        "systemctl daemon-reload",
                        MONITOR,
                        "systemctl start chroma-copytool-monitor-7",
                        MONITOR,
                        TOOL,
                        "systemctl start chroma-copytool-7",
                        TOOL);
        assertThat(host.mode("/etc/init.d/chroma-copytool-7")).isEqualTo(0700);
        assertThat(host.text("/etc/init.d/chroma-copytool-7").orElseThrow())
                .contains("'/usr/sbin/lhsmtool_posix' '--quiet' '--update-interval' '5' '--event-fifo'"
                        + " '/var/spool/lhsmtool_posix-fs1-1-0-events' '--archive' '1' '--hsm-root' '/arch'"
                        + " '/mnt/lustre_clients/fs1'");
        actions.succeed("stop_monitored_copytool", "{'id':'7'}");
        assertThat(host.commands())
                .containsSubsequence(
                        "systemctl stop chroma-copytool-7",
                        "systemctl stop chroma-copytool-monitor-7",
                        "systemctl daemon-reload");
        assertThat(host.text("/etc/init.d/chroma-copytool-7")).isEmpty();
    }

    @Test
    void changedSettingsRestartARunningCopytool() {
        actions.succeed("configure_copytool", CONFIGURE);
        actions.succeed("configure_copytool", CONFIGURE);
        assertThat(host.commands()).isEmpty();
        host.file("/etc/init.d/chroma-copytool-7", "script");
        host.on(TOOL, ok(""), failed(3, ""), failed(3, ""), ok(""));
        host.on(MONITOR, ok(""), failed(3, ""), failed(3, ""), ok(""));
        actions.succeed("configure_copytool", CONFIGURE.replace("/arch", "/archive2"));
        assertThat(host.commands()).contains("systemctl stop chroma-copytool-7", "systemctl start chroma-copytool-7");
        assertThat(host.text("/etc/init.d/chroma-copytool-7").orElseThrow()).contains("/archive2");
    }

    @Test
    void anUnknownCopytoolCannotBeStartedButBeRemoved() {
        assertThat(actions.fail("start_monitored_copytool", "{'id':'9'}")).contains("copytool 9 is not configured");
        actions.succeed("unconfigure_copytool", "{'id':'9'}");
        actions.succeed("stop_monitored_copytool", "{'id':'9'}");
        assertThat(host.commands()).isEmpty();
    }

    @Test
    void quotesInArgumentsDoNotEscapeTheScript() {
        assertThat(Copytool.initScript("s", List.of("/bin/x", "it's; rm -rf /")))
                .contains("'/bin/x' 'it'\\''s; rm -rf /' </dev/null");
    }

    @Test
    void eventsCarryUtcTimes() {
        assertThat(CopytoolEventLine.read(
                                "{\"event_type\":\"ARCHIVE_START\",\"event_time\":\"2024-03-02 11:00:05 +0100\",\"source_fid\":\"A\",\"data_fid\":\"A\"}")
                        .orElseThrow()
                        .path("event_time")
                        .asText())
                .isEqualTo("2024-03-02 10:00:05+00:00");
        assertThat(CopytoolEventLine.read("{\"event_type\":\"X\",\"event_time\":\"yesterday\"}"))
                .isEmpty();
        assertThat(CopytoolEventLine.read("not json")).isEmpty();
    }

    /** Lines as lhsmtool_posix writes them (agent contract, 13.3); the second writer is a copytool that was started anew. */
    @Test
    void theMonitorRelaysWhatCopytoolsWriteUntilItIsStopped() throws IOException {
        actions.succeed("configure_copytool", CONFIGURE);
        host.on(MONITOR, failed(3, ""), ok("active"));
        host.on(TOOL, failed(3, ""), ok("active"));
        actions.succeed("start_monitored_copytool", "{'id':'7','run':'31'}");
        String fifo = "/var/spool/lhsmtool_posix-fs1-1-0-events";
        host.on("mkfifo -m 0600 " + fifo, ok(""));
        host.on("lsof -F pan0 " + fifo, failed(1, ""));
        host.writer(
                fifo,
                "{\"event_type\":\"REGISTER\",\"event_time\":\"2024-03-02 10:00:00 +0000\",\"archive\":1,\"mount_point\":\"/mnt/lustre_clients/fs1\",\"uuid\":\"7f0e5a52\"}",
                "garbage");
        host.writer(fifo, "{\"event_type\":\"UNREGISTER\",\"event_time\":\"2024-03-02 10:00:07 +0000\"}");
        List<String> bodies = new ArrayList<>();
        assertThat(CopytoolMonitor.run(host, "7", bodies::add)).isZero();
        assertThat(String.join("", bodies))
                .contains("\"copytool\":\"7\",\"run\":\"31\"")
                .contains("\"first\":1")
                .contains("\"REGISTER\",\"event_time\":\"2024-03-02 10:00:00+00:00\"")
                .contains("\"UNREGISTER\",\"event_time\":\"2024-03-02 10:00:07+00:00\"")
                .doesNotContain("garbage");
    }

    @Test
    void undeliveredEventsAreSentAgainInTheirOrderWithGrowingPauses() throws InterruptedException {
        List<String> sent = new ArrayList<>();
        boolean[] down = {true};
        EventRelay relay = new EventRelay(JsonNodeFactory.instance.objectNode().put("copytool", "7"), body -> {
            if (down[0]) {
                throw new IOException("connection refused");
            }
            sent.add(body);
        });
        relay.add(JsonNodeFactory.instance.objectNode().put("n", 1));
        assertThat(relay.sendPending()).isEqualTo(Duration.ofSeconds(10));
        relay.add(JsonNodeFactory.instance.objectNode().put("n", 2));
        assertThat(relay.sendPending()).isEqualTo(Duration.ofSeconds(20));
        assertThat(relay.sendPending()).isEqualTo(Duration.ofSeconds(40));
        assertThat(relay.sendPending()).isEqualTo(Duration.ofSeconds(60));
        down[0] = false;
        assertThat(relay.sendPending()).isEqualTo(Duration.ofSeconds(1));
        relay.add(JsonNodeFactory.instance.objectNode().put("n", 3));
        relay.sendPending();
        assertThat(sent)
                .containsExactly(
                        "{\"copytool\":\"7\",\"first\":1,\"events\":[{\"n\":1},{\"n\":2}]}",
                        "{\"copytool\":\"7\",\"first\":3,\"events\":[{\"n\":3}]}");
    }

    @Test
    void anotherReaderOfTheFifoIsSeen() {
        assertThat(CopytoolMonitor.hasReader("p1234\0\nar\0n/var/spool/x-events\0\n"))
                .isTrue();
        assertThat(CopytoolMonitor.hasReader("p1234\0\naw\0n/var/spool/x-events\0\n"))
                .isFalse();
        assertThat(CopytoolMonitor.hasReader("")).isFalse();
    }
}
