package io.burnish.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.action.AgentExit;
import io.burnish.agent.registration.Identity;
import io.burnish.agent.system.HostSystem.JournalEntry;
import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.Fixtures;
import io.burnish.agent.testing.ScriptedHost;
import io.burnish.agent.testing.TestAuthority;
import io.burnish.agent.testing.TestHub;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.SampleBatch;
import io.burnish.contracts.agent.ToAgent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole agent talks to a real hub over TLS, and comes back from everything. */
class AgentTest {

    private static final String FQDN = "oss1.lab.example";
    private static final AgentTimings TIMINGS = new AgentTimings(
            new AgentTimings.Channel(
                    Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofSeconds(5)),
            new AgentTimings.Reports(
                    Duration.ofMillis(50),
                    60,
                    Duration.ofMillis(50),
                    100,
                    Duration.ofMillis(20),
                    100,
                    Duration.ofSeconds(5)),
            Actions.FAST.waits());

    @TempDir
    private static Path certificates;

    private static Vertx vertx;
    private static TestAuthority authority;

    @TempDir
    private Path state;

    private ScriptedHost host;
    private TestHub hub;
    private Agent agent;

    @BeforeAll
    static void authority() {
        vertx = Vertx.vertx();
        authority = new TestAuthority(certificates.resolve("ours"), "x_local_authority");
        authority.issueForLocalhost("manager");
    }

    @AfterAll
    static void closeVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void server() {
        host = new ScriptedHost(state);
        host.file("/proc/stat", Fixtures.lustre217("07-proc/stat.out"));
        host.missing("lctl").missing("crm_mon").missing("zpool").missing("zfs");
        authority.register(state, FQDN);
        hub = new TestHub(vertx, authority, "manager");
    }

    @AfterEach
    void end() {
        if (agent != null) {
            agent.close();
        }
        hub.close();
    }

    private void start() throws IOException {
        start(hub.url());
    }

    private void start(URI url) throws IOException {
        agent = Agent.start(host, AgentSettings.of(url, host).with(TIMINGS), vertx);
    }

    private FromAgent.Outcome awaitOutcome(String id) {
        await().until(() -> hub.received(FromAgent.Outcome.class).stream()
                .anyMatch(outcome -> outcome.actionId().equals(id)));
        return hub.received(FromAgent.Outcome.class).stream()
                .filter(outcome -> outcome.actionId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void awaitHellos(int count) {
        await().until(() -> hub.received(FromAgent.Hello.class).size() >= count);
    }

    private static ToAgent.RunAction action(String id, String name, String args) {
        return new ToAgent.RunAction(id, name, (ObjectNode) Actions.json(args), 60, null, 0, null);
    }

    /** The hub has nothing to say: without asking, the agent would take it for dead. */
    @Test
    void hubIsAskedForASignOfLifeAlsoWhileThereIsAlwaysSomethingToSend() throws IOException {
        start();
        await().until(() -> hub.pings() >= 3);
        assertThat(hub.received(FromAgent.Samples.class)).isNotEmpty();
        assertThat(hub.received(FromAgent.Hello.class)).hasSize(1);
    }

    @Test
    void theAgentGreetsWithItsCertificateAndItsState() throws IOException {
        start();
        awaitHellos(1);
        FromAgent.Hello hello = hub.received(FromAgent.Hello.class).getFirst();
        assertThat(hub.clients()).containsExactly("CN=" + FQDN);
        assertThat(hello)
                .isEqualTo(new FromAgent.Hello(
                        1,
                        "1.0.0",
                        FQDN,
                        "oss1",
                        agent.epoch(),
                        "boot-1",
                        Instant.ofEpochSecond(1795467845),
                        List.of()));
    }

    @Test
    void actionsAreRunAndAnswered() throws IOException {
        host.on("uname -r", "6.1.0\n").on("rpm -q kernel", "kernel-6.1.0\n");
        start();
        awaitHellos(1);
        hub.send(action("a1", "kernel_status", "{}"));
        FromAgent.Outcome outcome = awaitOutcome("a1");
        assertThat(outcome.outcome()).isInstanceOfSatisfying(ActionOutcome.Succeeded.class, succeeded -> {
            assertThat(succeeded.result().path("running").asText()).isEqualTo("kernel-6.1.0");
            assertThat(succeeded.commands().getFirst().args()).containsExactly("uname", "-r");
        });
    }

    @Test
    void outcomesThatTheHubHasNotStoredAreSentAgainAfterEachReconnect() throws IOException {
        hub.storing(false);
        start();
        awaitHellos(1);
        hub.send(action("a1", "load_lnet", "{}"));
        awaitOutcome("a1");
        hub.dropConnections();
        awaitHellos(2);
        assertThat(hub.received(FromAgent.Hello.class).get(1).knownActions()).containsExactly("a1");
        await().until(() -> hub.received(FromAgent.Outcome.class).size() >= 2);
        hub.storing(true);
        hub.dropConnections();
        await().until(() -> hub.received(FromAgent.Outcome.class).size() >= 3);
        await().until(() -> {
            int hellos = hub.received(FromAgent.Hello.class).size();
            hub.dropConnections();
            awaitHellos(hellos + 1);
            return hub.received(FromAgent.Hello.class).getLast().knownActions().isEmpty();
        });
        assertThat(host.commands()).filteredOn("modprobe lnet"::equals).hasSize(1);
    }

    @Test
    void theHubMayBeAwayForAWhile() throws IOException {
        start();
        awaitHellos(1);
        hub.stop();
        host.journalEntry(new JournalEntry(Instant.EPOCH, 4, 0, "kernel", "meanwhile"));
        hub.start("manager");
        awaitHellos(2);
        await().until(() -> hub.received(FromAgent.Logs.class).stream()
                .anyMatch(logs -> logs.batch().lines().getFirst().message().equals("meanwhile")));
    }

    @Test
    void pluginsReportCompletelyAfterEachConnectAndWhenAsked() throws IOException {
        start();
        await().until(() ->
                fullReports("lustre") == 1 && fullReports("linux") == 1 && fullReports("linux_network") == 1);
        hub.send(new ToAgent.ReportFully(List.of("lustre")));
        await().until(() -> fullReports("lustre") == 2);
        assertThat(fullReports("linux")).isOne();
        hub.dropConnections();
        await().until(() -> fullReports("linux") == 2);
        assertThat(hub.received(FromAgent.Report.class))
                .noneMatch(report -> report.plugin().equals("corosync"));
    }

    private long fullReports(String plugin) {
        return hub.received(FromAgent.Report.class).stream()
                .filter(report -> report.plugin().equals(plugin) && report.full())
                .count();
    }

    @Test
    void samplesAndLogLinesArrive() throws IOException {
        host.journalEntry(new JournalEntry(Instant.EPOCH, 4, 0, "kernel", "Lustre: mounted"));
        start();
        await().until(() -> !hub.received(FromAgent.Samples.class).isEmpty()
                && !hub.received(FromAgent.Logs.class).isEmpty());
        assertThat(hub.received(FromAgent.Samples.class).getFirst().batch().samples())
                .extracting(sample -> sample.name())
                .contains("cpu_user", "cpu_total");
        assertThat(hub.received(FromAgent.Samples.class).getFirst().batch().hostId())
                .isEqualTo(3);
        assertThat(hub.received(FromAgent.Logs.class)
                        .getFirst()
                        .batch()
                        .lines()
                        .getFirst()
                        .message())
                .isEqualTo("Lustre: mounted");
    }

    @Test
    void samplesThatNoHubHasStoredComeAgainInTheirOrder() throws IOException {
        hub.storing(false);
        start();
        await().until(() -> !hub.received(FromAgent.Samples.class).isEmpty());
        hub.dropConnections();
        await().until(() -> hub.received(FromAgent.Samples.class).size() == 2);
        hub.storing(true);
        hub.dropConnections();
        await().until(() -> hub.received(FromAgent.Samples.class).size() >= 5);
        List<SampleBatch> batches = hub.received(FromAgent.Samples.class).stream()
                .map(FromAgent.Samples::batch)
                .toList();
        assertThat(batches.subList(0, 3)).containsOnly(batches.getFirst());
        assertThat(batches.subList(2, 5)).extracting(SampleBatch::sequence).containsExactly(1L, 2L, 3L);
    }

    @Test
    void anIdleAgentSendsHeartbeats() throws IOException {
        AgentTimings quiet = TIMINGS.with(new AgentTimings.Reports(
                Duration.ofHours(1), 60, Duration.ofHours(1), 10, Duration.ofHours(1), 10, Duration.ofSeconds(5)));
        agent = Agent.start(host, AgentSettings.of(hub.url(), host).with(quiet), vertx);
        await().until(() -> hub.received(FromAgent.Heartbeat.class).size() >= 2);
        assertThat(hub.received(FromAgent.Hello.class)).hasSize(1);
    }

    @Test
    void aHubThatDoesNotGreetBackIsTriedAgain() throws IOException {
        hub.welcoming(false);
        AgentTimings hasty = TIMINGS.with(new AgentTimings.Channel(
                Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ofSeconds(5)));
        agent = Agent.start(host, AgentSettings.of(hub.url(), host).with(hasty), vertx);
        awaitHellos(2);
        assertThat(hub.received(FromAgent.Report.class)).isEmpty();
        hub.welcoming(true);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !hub.received(FromAgent.Report.class).isEmpty());
    }

    @Test
    void aHubThatFallsSilentIsLeft() throws IOException {
        start();
        awaitHellos(1);
        // it neither reads nor answers pings any more
        hub.pause();
        await().atMost(Duration.ofSeconds(20)).until(() -> hub.clients().size() >= 2);
    }

    @Test
    void aManagerWithAForeignCertificateIsNotTalkedTo() throws IOException {
        TestAuthority foreign = new TestAuthority(certificates.resolve("foreign"), "somebody else");
        foreign.issueForLocalhost("manager");
        try (TestHub impostor = new TestHub(vertx, foreign, "manager")) {
            start(impostor.url());
            await().during(Duration.ofMillis(500)).until(() -> impostor.frames().isEmpty());
        }
    }

    @Test
    void aManagerUnderAnotherNameIsNotTalkedTo() throws IOException {
        authority.register(certificates.resolve("other"), "other.lab.example");
        try (TestHub misnamed = new TestHub(vertx, authority, "other.lab.example")) {
            start(misnamed.url());
            await().during(Duration.ofMillis(500)).until(() -> misnamed.frames().isEmpty());
        }
    }

    @Test
    void onlyAddressesWithTlsAreAccepted() {
        assertThatThrownBy(() -> start(URI.create("ws://localhost:1/agent/channel")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wss://");
    }

    @Test
    void aKilledAgentIsSilentAndTheNextLifeFinishesItsWork() throws IOException {
        CountDownLatch release = new CountDownLatch(1);
        host.reply("modprobe lnet", (line, output) -> {
            release.await();
            return ScriptedHost.ok("");
        });
        host.on("modprobe lnet", "");
        start();
        awaitHellos(1);
        hub.send(action("a1", "load_lnet", "{}"));
        await().until(() -> host.commands().contains("modprobe lnet"));
        String firstEpoch = agent.epoch();
        agent.kill();
        release.countDown();
        assertThat(agent.exited()).isCompletedWithValue(AgentExit.Reason.CLOSED);
        await().during(Duration.ofMillis(200))
                .until(() -> hub.received(FromAgent.Outcome.class).isEmpty());
        start();
        awaitHellos(2);
        assertThat(agent.epoch()).isNotEqualTo(firstEpoch);
        assertThat(awaitOutcome("a1").outcome()).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(host.commands()).filteredOn("modprobe lnet"::equals).hasSize(2);
    }

    @Test
    void anActionThatTakesTheServerDownEndsTheAgentAfterItsAnswer() throws IOException {
        start();
        awaitHellos(1);
        hub.send(action("a1", "reboot_server", "{}"));
        assertThat(agent.exited().join()).isEqualTo(AgentExit.Reason.SERVER_GOES_DOWN);
        assertThat(hub.received(FromAgent.Outcome.class)).hasSize(1);
        assertThat(host.commands()).contains("shutdown -r now");
        assertThat(host.commands()).filteredOn("shutdown -r now"::equals).hasSize(1);
    }

    @Test
    void cancellingReachesTheCommand() throws IOException {
        host.reply("modprobe lnet", (line, output) -> {
            new CountDownLatch(1).await();
            return ScriptedHost.ok("");
        });
        start();
        awaitHellos(1);
        hub.send(action("a1", "load_lnet", "{}"));
        await().until(() -> host.commands().contains("modprobe lnet"));
        hub.send(new ToAgent.CancelAction("a1"));
        assertThat(awaitOutcome("a1").outcome()).isInstanceOf(ActionOutcome.Cancelled.class);
    }

    @Test
    void anAgentWithoutItsCertificateKeepsTryingUntilItHasOne() throws IOException {
        Path certificate = new Identity(state).certificate();
        Path aside = state.resolve("aside");
        Files.move(certificate, aside);
        start();
        await().during(Duration.ofMillis(300)).until(() -> hub.frames().isEmpty());
        Files.move(aside, certificate);
        awaitHellos(1);
    }
}
