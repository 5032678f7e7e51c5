package io.burnish.agent.copytool;

import static io.burnish.agent.testing.ScriptedHost.failed;
import static io.burnish.agent.testing.ScriptedHost.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    void eventsCarryUtcTimesAndTheManagersOperation() {
        CopytoolEvents events = new CopytoolEvents();
        ObjectNode start = events.prepare(
                        "{\"event_type\":\"ARCHIVE_START\",\"event_time\":\"2024-03-02 11:00:05 +0100\",\"source_fid\":\"A\",\"data_fid\":\"A\"}")
                .orElseThrow();
        assertThat(start.path("event_time").asText()).isEqualTo("2024-03-02 10:00:05+00:00");
        assertThat(start.has("active_operation")).isFalse();
        events.remember(Actions.json("{'A':42}"));
        assertThat(events.prepare(
                                "{\"event_type\":\"ARCHIVE_RUNNING\",\"event_time\":\"2024-03-02 10:00:10 +0000\",\"source_fid\":\"A\",\"data_fid\":\"A\"}")
                        .orElseThrow()
                        .path("active_operation")
                        .asInt())
                .isEqualTo(42);
        assertThat(events.prepare("{\"event_type\":\"X\",\"event_time\":\"yesterday\"}"))
                .isEmpty();
        assertThat(events.prepare("not json")).isEmpty();
    }

    @Test
    void aRestoreIsFollowedToTheFileThatIsWritten() {
        CopytoolEvents events = new CopytoolEvents();
        events.remember(Actions.json("{'A':42}"));
        String running =
                "{\"event_type\":\"RESTORE_RUNNING\",\"event_time\":\"2024-03-02 10:00:10 +0000\",\"source_fid\":\"A\",\"data_fid\":\"B\"}";
        assertThat(events.prepare(running)
                        .orElseThrow()
                        .path("active_operation")
                        .asInt())
                .isEqualTo(42);
        assertThat(events.prepare(running.replace("RUNNING", "FINISH"))
                        .orElseThrow()
                        .path("active_operation")
                        .asInt())
                .isEqualTo(42);
        assertThat(events.prepare(running.replace("\"A\"", "\"B\""))
                        .orElseThrow()
                        .has("active_operation"))
                .isFalse();
    }

    @Test
    void undeliveredEventsAreSentAgainInTheirOrderWithGrowingPauses() throws InterruptedException {
        List<String> sent = new ArrayList<>();
        boolean[] down = {true};
        EventRelay relay = new EventRelay(
                new CopytoolEvents(),
                body -> {
                    if (down[0]) {
                        throw new IOException("connection refused");
                    }
                    sent.add(body);
                    return Actions.json("{'active_operations':{}}");
                },
                JsonNodeFactory.instance.objectNode().put("fqdn", "oss1").put("copytool", "7"));
        relay.add(JsonNodeFactory.instance.objectNode().put("n", 1));
        assertThat(relay.sendPending()).isEqualTo(Duration.ofSeconds(10));
        relay.add(JsonNodeFactory.instance.objectNode().put("n", 2));
        assertThat(relay.sendPending()).isEqualTo(Duration.ofSeconds(20));
        assertThat(relay.sendPending()).isEqualTo(Duration.ofSeconds(40));
        assertThat(relay.sendPending()).isEqualTo(Duration.ofSeconds(60));
        down[0] = false;
        assertThat(relay.sendPending()).isEqualTo(Duration.ofSeconds(1));
        assertThat(sent).containsExactly("{\"fqdn\":\"oss1\",\"copytool\":\"7\",\"events\":[{\"n\":1},{\"n\":2}]}");
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
