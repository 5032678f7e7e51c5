package io.burnish.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.AgentTimings;
import io.burnish.agent.command.Commands;
import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.ScriptedHost;
import io.burnish.contracts.agent.FromAgent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports are complete after a connect, differences afterwards, and complete again in time. */
class ReportersTest {

    private final List<FromAgent.Report> sent = new CopyOnWriteArrayList<>();
    private final List<Long> looks = new CopyOnWriteArrayList<>();
    private final Fake plugin = new Fake();
    private Reporters reporters;

    private static final class Fake implements Plugin {
        private volatile String body = "{'a':1,'b':{'x':1}}";
        private volatile boolean constancy = true;
        private volatile boolean quiet;
        private volatile boolean broken;
        private volatile int failures;
        private volatile boolean applies = true;
        private volatile boolean blocked;
        private volatile boolean looking;
        private final BlockingQueue<String> steps = new LinkedBlockingQueue<>();

        /** Lets a look of a blocked plug-in see that. */
        private void step(String seen) {
            steps.add(seen);
        }

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public boolean applies() {
            return applies;
        }

        @Override
        public ObjectNode scan(Commands commands) throws IOException, InterruptedException {
            if (blocked) {
                looking = true;
                body = steps.take();
            }
            if (broken) {
                failures++;
                throw new IOException("device hangs");
            }
            return (ObjectNode) Actions.json(body);
        }

        @Override
        public Optional<ObjectNode> poll(Commands commands, boolean full) throws IOException, InterruptedException {
            return quiet && !full ? Optional.empty() : Optional.of(scan(commands));
        }

        @Override
        public boolean reportsConstancy() {
            return constancy;
        }

        @Override
        public ObjectNode significant(ObjectNode full) {
            return full.deepCopy().without("a");
        }
    }

    @BeforeEach
    void start(@TempDir Path state) {
        AgentTimings.Reports timings = new AgentTimings.Reports(
                Duration.ofMillis(5), 20, Duration.ofMillis(5), 10, Duration.ofMillis(5), 10, Duration.ofSeconds(1));
        reporters = new Reporters(List.of(plugin), new ScriptedHost(state), "e1", timings, (report, began) -> {
            looks.add(began);
            sent.add(report);
        });
        reporters.start();
    }

    @AfterEach
    void stop() {
        reporters.stop();
    }

    private FromAgent.Report awaitReport(int index) {
        await().until(() -> sent.size() > index);
        return sent.get(index);
    }

    @Test
    void nothingIsReportedWithoutAConnection() {
        await().during(Duration.ofMillis(50)).until(sent::isEmpty);
        reporters.connected();
        FromAgent.Report first = awaitReport(0);
        assertThat(first.full()).isTrue();
        assertThat(first.sequence()).isEqualTo(1);
        assertThat(first.agentEpoch()).isEqualTo("e1");
        assertThat(first.plugin()).isEqualTo("fake");
        assertThat(first.body()).isEqualTo(Actions.json("{'a':1,'b':{'x':1}}"));
    }

    @Test
    void laterReportsHaveWhatChangedAndGrowingSequences() {
        reporters.connected();
        awaitReport(0);
        awaitReport(2);
        assertThat(sent.get(1).body()).isEqualTo(Actions.json("{'b':{'x':1}}"));
        assertThat(sent.get(2).body()).isEmpty();
        // a change that falls on the cycle which repeats everything is no difference: made until one is seen
        AtomicInteger value = new AtomicInteger(1);
        await().until(() -> {
            int next = value.incrementAndGet();
            plugin.body = "{'a':" + next + ",'b':{'x':" + next + "}}";
            return sent.stream().anyMatch(ReportersTest::isChangeOfB);
        });
        FromAgent.Report change =
                sent.stream().filter(ReportersTest::isChangeOfB).findFirst().orElseThrow();
        assertThat(change.body().properties()).extracting(Map.Entry::getKey).containsExactly("b");
        assertThat(sent).extracting(FromAgent.Report::sequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aChangeIsToldTwice() {
        plugin.blocked = true;
        reporters.connected();
        plugin.step("{'a':1,'b':{'x':1},'c':1}");
        plugin.step("{'a':1,'b':{'x':1},'c':1}");
        plugin.step("{'a':1,'b':{'x':1},'c':1}");
        plugin.step("{'a':1,'b':{'x':2},'c':1}");
        plugin.step("{'a':1,'b':{'x':2},'c':1}");
        plugin.step("{'a':1,'b':{'x':2},'c':1}");
        awaitReport(5);
        assertThat(sent.get(0).full()).isTrue();
        assertThat(sent.get(1).body()).isEqualTo(Actions.json("{'b':{'x':1},'c':1}"));
        assertThat(sent.get(2).body()).isEmpty();
        assertThat(sent.get(3).body()).isEqualTo(Actions.json("{'b':{'x':2}}"));
        assertThat(sent.get(4).body()).isEqualTo(Actions.json("{'b':{'x':2}}"));
        assertThat(sent.get(5).body()).isEmpty();
    }

    @Test
    void aReportIsAsOldAsTheBeginningOfItsLook() {
        plugin.blocked = true;
        long before = System.nanoTime();
        reporters.connected();
        await().until(() -> plugin.looking);
        long during = System.nanoTime();
        plugin.step("{'a':1}");
        awaitReport(0);
        assertThat(looks.getFirst()).isBetween(before, during);
    }

    private static boolean isChangeOfB(FromAgent.Report report) {
        return !report.full() && report.body().has("b");
    }

    @Test
    void everythingIsRepeatedAfterSomeCycles() {
        reporters.connected();
        await().until(() -> sent.stream().filter(FromAgent.Report::full).count() >= 2);
    }

    @Test
    void aPluginThatSaysNothingNewIsSilentIfItWants() {
        plugin.constancy = false;
        plugin.quiet = true;
        reporters.connected();
        awaitReport(0);
        await().until(() -> sent.size() > 2);
        assertThat(sent).allMatch(FromAgent.Report::full);
    }

    @Test
    void aNewConnectionBeginsWithACompleteReport() {
        reporters.connected();
        awaitReport(0);
        reporters.disconnected();
        int before = sent.size();
        reporters.connected();
        // one more of the old connection may have been on its way
        awaitReport(before + 1);
        assertThat(List.of(sent.get(before), sent.get(before + 1))).anyMatch(FromAgent.Report::full);
    }

    @Test
    void everythingIsReportedWhenAskedFor() {
        reporters.connected();
        awaitReport(1);
        long before = sent.stream().filter(FromAgent.Report::full).count();
        reporters.reportFully(List.of("other"));
        reporters.reportFully(List.of("fake"));
        await().until(() -> sent.stream().filter(FromAgent.Report::full).count() > before);
    }

    @Test
    void aLookThatFailsIsFollowedByACompleteReport() {
        reporters.connected();
        awaitReport(0);
        plugin.broken = true;
        // one thread looks and reports: after a failure nothing is on its way
        await().until(() -> plugin.failures > 0);
        int failed = sent.size();
        plugin.broken = false;
        assertThat(awaitReport(failed).full()).isTrue();
    }

    @Test
    void aPluginThatDoesNotApplyIsNotPolled() {
        plugin.applies = false;
        reporters.connected();
        await().during(Duration.ofMillis(40)).until(sent::isEmpty);
        plugin.applies = true;
        awaitReport(0);
    }

    @Test
    void aPluginIsAskedOutOfTurnByAnAction(@TempDir Path state) {
        Actions actions = Actions.of(ReportActions.all(reporters), new ScriptedHost(state));
        assertThat(actions.succeed("device_plugin", "{'plugin':'fake'}"))
                .isEqualTo(Actions.json("{'fake':{'a':1,'b':{'x':1}}}"));
        assertThat(actions.fail("device_plugin", "{'plugin':'other'}")).contains("no plug-in 'other', only [fake]");
        reporters.connected();
        awaitReport(0);
        long before = sent.stream().filter(FromAgent.Report::full).count();
        actions.succeed("trigger_plugin_update", "{'plugin_names':[]}");
        await().until(() -> sent.stream().filter(FromAgent.Report::full).count() > before);
    }
}
