package io.burnish.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.burnish.agent.AgentTimings;
import io.burnish.agent.Life;
import io.burnish.agent.NamedLocks;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.journal.ActionJournal;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.MortalHostSystem;
import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.ScriptedHost;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.AgentAction;
import io.burnish.contracts.agent.ToAgent;
import io.burnish.contracts.model.ObjectRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An action takes effect once, whatever happens to agent, server and connection. */
class ActionRunnerTest {

    @TempDir
    private Path state;

    private ScriptedHost host;
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger runs = new AtomicInteger();
    private CurrentLife now;

    /** One life of an agent over the same state directory. */
    private final class CurrentLife implements Answers {
        private final Life life = new Life();
        private final ActionJournal journal;
        private final ActionRunner runner;
        private final Map<String, ActionOutcome> outcomes = new ConcurrentHashMap<>();
        private final StringBuffer console = new StringBuffer();
        private final MortalHostSystem mortal = new MortalHostSystem(host, life);
        private boolean connected = true;

        CurrentLife(Duration answerGrace) throws IOException {
            journal = new ActionJournal(state, true, life);
            AgentTimings timings = Actions.FAST.with(new AgentTimings.Channel(
                    Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(1), answerGrace));
            runner = new ActionRunner(
                    new ActionCatalogue(List.of(new Command(), new Ask(), new Reboot(), new Restart())),
                    journal,
                    this,
                    new RunnerSettings(
                            mortal, timings, life, reason -> events.add("exit " + reason), new NamedLocks()));
        }

        @Override
        public void outcome(String actionId, ActionOutcome outcome) {
            if (connected) {
                outcomes.put(actionId, outcome);
                events.add("outcome " + actionId);
            }
        }

        @Override
        public void console(String actionId, ActionCommand.JobStep job, String text) {
            console.append(text);
        }

        ActionOutcome awaitOutcome(String id) {
            await().until(() -> outcomes.containsKey(id));
            return outcomes.get(id);
        }

        void kill() throws IOException {
            life.end();
            journal.close();
        }
    }

    /** Runs the command of its arguments; a second argument is a secret for it. */
    private final class Command implements Action {
        @Override
        public AgentAction id() {
            return AgentAction.START_TARGET;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "run " + arguments.text("command");
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) throws InterruptedException {
            runs.incrementAndGet();
            events.add((context.resumed() ? "resumed " : "run ") + context.actionId());
            List<String> words = new ArrayList<>(List.of(arguments.text("command")));
            arguments.optionalText("secret").ifPresent(words::add);
            String output = context.commands().tryRun(CommandLine.of(words));
            events.add("done " + context.actionId());
            return TextNode.valueOf(output);
        }
    }

    /** Fails in a way that was not foreseen. */
    private static final class Ask implements Action {
        @Override
        public AgentAction id() {
            return AgentAction.KERNEL_STATUS;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "ask";
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) {
            throw new IllegalStateException("no kernel");
        }
    }

    private final class Reboot implements Action.ActsAfterAnswer {
        @Override
        public AgentAction id() {
            return AgentAction.REBOOT_SERVER;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "reboot";
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) {
            return null;
        }

        @Override
        public void act(ActionArguments arguments, ActionContext context) throws InterruptedException {
            events.add("act " + context.actionId());
            context.commands().run("shutdown");
        }

        @Override
        public boolean stillWanted(boolean rebooted) {
            return !rebooted;
        }
    }

    private final class Restart implements Action.ActsAfterAnswer {
        @Override
        public AgentAction id() {
            return AgentAction.RESTART_AGENT;
        }

        @Override
        public String purpose(ActionArguments arguments) {
            return "restart";
        }

        @Override
        public JsonNode run(ActionArguments arguments, ActionContext context) {
            throw new ActionFailedException("not now");
        }

        @Override
        public void act(ActionArguments arguments, ActionContext context) {
            events.add("act " + context.actionId());
        }

        @Override
        public boolean stillWanted(boolean rebooted) {
            return false;
        }
    }

    @BeforeEach
    void firstLife() throws IOException {
        host = new ScriptedHost(state);
        now = new CurrentLife(Duration.ofSeconds(30));
    }

    @AfterEach
    void end() throws IOException {
        now.kill();
    }

    private void nextLife() throws IOException {
        nextLife(Duration.ofSeconds(30));
    }

    private void nextLife(Duration answerGrace) throws IOException {
        now.kill();
        now = new CurrentLife(answerGrace);
    }

    private static ToAgent.RunAction action(String id, String action, String args, ObjectRef subject, long token) {
        return new ToAgent.RunAction(id, action, (ObjectNode) Actions.json(args), 60, subject, token, null);
    }

    private static ToAgent.RunAction command(String id) {
        return action(id, "start_target", "{'command':'crm'}", null, 0);
    }

    private CountDownLatch blockFirst(String command) {
        CountDownLatch release = new CountDownLatch(1);
        host.reply(command, (line, output) -> {
            events.add("begun");
            release.await();
            return ScriptedHost.ok("late");
        });
        host.on(command, "again");
        return release;
    }

    private void awaitEvent(String event) {
        await().until(() -> events.contains(event));
    }

    @Test
    void aRepeatedIdIsAnsweredFromTheJournal() {
        host.on("crm", ScriptedHost.ok("first"), ScriptedHost.ok("second"));
        now.runner.run(command("a"));
        ActionOutcome outcome = now.awaitOutcome("a");
        now.outcomes.clear();
        now.runner.run(command("a"));
        assertThat(now.awaitOutcome("a")).isEqualTo(outcome);
        assertThat(((ActionOutcome.Succeeded) outcome).result().asText()).isEqualTo("first");
        assertThat(runs).hasValue(1);
    }

    @Test
    void aRunningIdIsNotStartedAgain() {
        CountDownLatch release = blockFirst("crm");
        now.runner.run(command("a"));
        awaitEvent("begun");
        now.runner.run(command("a"));
        assertThat(now.runner.known()).containsExactly("a");
        release.countDown();
        now.awaitOutcome("a");
        assertThat(runs).hasValue(1);
    }

    @Test
    void anUnfinishedActionIsRunAgainByTheNextLife() throws IOException {
        CountDownLatch release = blockFirst("crm");
        now.runner.run(command("a"));
        awaitEvent("begun");
        CurrentLife dead = now;
        nextLife();
        now.runner.resume();
        assertThat(((ActionOutcome.Succeeded) now.awaitOutcome("a")).result().asText())
                .isEqualTo("again");
        assertThat(events).contains("resumed a");
        release.countDown();
        await().during(Duration.ofMillis(50)).until(() -> dead.outcomes.isEmpty());
        assertThat(events)
                .filteredOn("done a"::equals)
                .as("only the second life finished")
                .hasSize(1);
    }

    @Test
    void outcomesAreAnnouncedUntilTheHubHasStoredThem() throws IOException {
        now.connected = false;
        now.runner.run(command("a"));
        awaitEvent("done a");
        await().until(() -> now.journal.unacknowledged().contains("a"));
        nextLife();
        now.runner.resume();
        assertThat(now.runner.known()).containsExactly("a");
        now.runner.announceOutcomes();
        now.awaitOutcome("a");
        now.outcomes.clear();
        now.runner.announceOutcomes();
        now.awaitOutcome("a");
        now.runner.stored(List.of("a"));
        assertThat(now.runner.known()).isEmpty();
        now.outcomes.clear();
        now.runner.announceOutcomes();
        assertThat(now.outcomes).isEmpty();
        assertThat(runs).hasValue(1);
    }

    @Test
    void secretsAreNeitherOnTheDiskNorShownAndTheActionWaitsForThem() throws IOException {
        String secret = "tr0ub4dor&3";
        ToAgent.RunAction request =
                action("a", "start_target", "{'command':'crm','secret':{'$secretValue':'" + secret + "'}}", null, 0);
        CountDownLatch release = blockFirst("crm " + secret);
        now.runner.run(request);
        awaitEvent("begun");
        assertThat(Files.readString(state.resolve("journal")))
                .contains("\"withSecrets\":true")
                .doesNotContain(secret);
        nextLife();
        now.runner.resume();
        assertThat(now.runner.known()).as("the hub must send it again").isEmpty();
        host.on("crm " + secret, "the password is " + secret);
        now.runner.run(request);
        ActionOutcome outcome = now.awaitOutcome("a");
        assertThat(events).contains("resumed a");
        assertThat(outcome.toString()).doesNotContain(secret).contains("***********");
        assertThat(now.console.toString()).doesNotContain(secret).contains("$ crm ***********");
        assertThat(Files.readString(state.resolve("journal"))).doesNotContain(secret);
        release.countDown();
    }

    @Test
    void anOlderTokenIsRefusedInEveryLife() throws IOException {
        now.runner.run(action("new", "start_target", "{'command':'crm'}", ObjectRef.target(3), 8));
        now.awaitOutcome("new");
        nextLife();
        now.runner.run(action("old", "start_target", "{'command':'crm'}", ObjectRef.target(3), 7));
        assertThat(now.awaitOutcome("old"))
                .isInstanceOfSatisfying(ActionOutcome.Failed.class, failed -> assertThat(failed.error())
                        .contains("refused start_target: a newer job holds target:3 (token 7 is older than 8)"));
        now.runner.run(action("other", "start_target", "{'command':'crm'}", ObjectRef.target(4), 1));
        assertThat(now.awaitOutcome("other")).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(runs).hasValue(2);
    }

    @Test
    void aNewerTokenEndsTheActionsOfOlderOnesFirst() {
        CountDownLatch release = blockFirst("crm");
        now.runner.run(action("old", "start_target", "{'command':'crm'}", ObjectRef.target(3), 7));
        awaitEvent("begun");
        now.runner.run(action("new", "start_target", "{'command':'crm'}", ObjectRef.target(3), 8));
        assertThat(now.awaitOutcome("new")).isInstanceOf(ActionOutcome.Succeeded.class);
        assertThat(now.awaitOutcome("old"))
                .isInstanceOfSatisfying(ActionOutcome.Cancelled.class, cancelled -> assertThat(cancelled.reason())
                        .contains("replaced by a newer job for target:3"));
        assertThat(events).containsSubsequence("run old", "outcome old", "run new", "outcome new");
        release.countDown();
    }

    @Test
    void aCancelledActionIsKilledAndSaysSo() {
        CountDownLatch never = blockFirst("crm");
        now.runner.run(command("a"));
        awaitEvent("begun");
        now.runner.cancel("a");
        assertThat(now.awaitOutcome("a")).isEqualTo(new ActionOutcome.Cancelled("cancelled on request", List.of()));
        assertThat(never.getCount()).isOne();
        now.outcomes.clear();
        now.runner.cancel("a");
        assertThat(now.awaitOutcome("a")).isInstanceOf(ActionOutcome.Cancelled.class);
    }

    @Test
    void anActionCancelledBeforeItArrivesIsNeverRun() throws IOException {
        now.runner.cancel("a");
        assertThat(now.awaitOutcome("a")).isInstanceOf(ActionOutcome.Cancelled.class);
        nextLife();
        now.runner.run(command("a"));
        assertThat(now.awaitOutcome("a")).isInstanceOf(ActionOutcome.Cancelled.class);
        assertThat(runs).hasValue(0);
    }

    @Test
    void anActionIsEndedAtItsDeadline() {
        blockFirst("crm");
        now.runner.run(new ToAgent.RunAction(
                "a", "start_target", (ObjectNode) Actions.json("{'command':'crm'}"), 1, null, 0, null));
        assertThat(now.awaitOutcome("a"))
                .isEqualTo(new ActionOutcome.Cancelled("its deadline of 1 s passed", List.of()));
    }

    @Test
    void failuresSayWhatFailedWhereAndWhy() {
        host.on("crm", ScriptedHost.failed(6, "no such resource"));
        now.runner.run(command("a"));
        assertThat(now.awaitOutcome("a")).isInstanceOfSatisfying(ActionOutcome.Failed.class, failed -> {
            assertThat(failed.error())
                    .isEqualTo(
                            "Server oss1.lab.example could not run crm: Error (6) running 'crm': '' 'no such resource'");
            assertThat(failed.detail()).isNull();
            assertThat(failed.commands())
                    .containsExactly(new ActionOutcome.CommandRecord(List.of("crm"), 6, "", "no such resource"));
        });
        host.missing("crm");
        now.runner.run(command("b"));
        assertThat(((ActionOutcome.Failed) now.awaitOutcome("b")).error())
                .endsWith("no such executable on this server: crm");
        now.runner.run(action("c", "kernel_status", "{}", null, 0));
        assertThat(now.awaitOutcome("c")).isInstanceOfSatisfying(ActionOutcome.Failed.class, failed -> {
            assertThat(failed.error()).contains("unexpected IllegalStateException: no kernel");
            assertThat(failed.detail()).contains("ActionRunnerTest");
        });
    }

    @Test
    void anActionThatThisAgentDoesNotKnowFails() {
        now.runner.run(action("a", "make_coffee", "{}", null, 0));
        assertThat(((ActionOutcome.Failed) now.awaitOutcome("a")).error())
                .contains("does not know the action 'make_coffee'");
    }

    @Test
    void theAnswerIsStoredBeforeTheServerGoesDown() {
        now.runner.run(action("a", "reboot_server", "{}", null, 0));
        now.awaitOutcome("a");
        await().during(Duration.ofMillis(50)).until(() -> !events.contains("act a"));
        now.runner.stored(List.of("a"));
        awaitEvent("act a");
        await().until(() -> host.commands().contains("shutdown"));
    }

    @Test
    void withoutTheHubTheServerGoesDownAfterTheGraceTime() throws IOException {
        nextLife(Duration.ofMillis(50));
        now.connected = false;
        now.runner.run(action("a", "reboot_server", "{}", null, 0));
        awaitEvent("act a");
    }

    @Test
    void whatWasToFollowTheAnswerIsDoneByTheNextLifeOnce() throws IOException {
        now.runner.run(action("a", "reboot_server", "{}", null, 0));
        now.awaitOutcome("a");
        nextLife(Duration.ofMillis(10));
        now.runner.resume();
        awaitEvent("act a");
        await().until(() -> host.commands().contains("shutdown"));
        nextLife(Duration.ofMillis(10));
        now.runner.resume();
        await().during(Duration.ofMillis(60))
                .until(() -> events.stream().filter("act a"::equals).count() == 1);
    }

    @Test
    void aServerThatHasBeenDownMeanwhileIsNotRebooted() throws IOException {
        now.runner.run(action("a", "reboot_server", "{}", null, 0));
        now.awaitOutcome("a");
        host.bootId("boot-2");
        nextLife(Duration.ofMillis(10));
        now.runner.resume();
        await().during(Duration.ofMillis(60)).until(() -> !events.contains("act a"));
        assertThat(now.journal.toAct()).isEmpty();
    }

    @Test
    void anActionThatFailsDoesNotActAfterwards() {
        now.runner.run(action("a", "restart_agent", "{}", null, 0));
        assertThat(now.awaitOutcome("a")).isInstanceOf(ActionOutcome.Failed.class);
        now.runner.stored(List.of("a"));
        await().during(Duration.ofMillis(50)).until(() -> !events.contains("act a"));
    }

    @Test
    void actionsRunSideBySide() {
        CountDownLatch release = blockFirst("crm");
        now.runner.run(command("slow"));
        awaitEvent("begun");
        now.runner.run(command("quick"));
        now.awaitOutcome("quick");
        assertThat(now.outcomes).doesNotContainKey("slow");
        release.countDown();
        now.awaitOutcome("slow");
    }

    @Test
    void anOrderlyEndStopsWhatCanBeRepeatedAndLeavesItUnfinished() throws IOException {
        blockFirst("crm");
        now.runner.run(command("a"));
        awaitEvent("begun");
        now.life.end();
        now.mortal.stopRepeatableCommands();
        await().until(() -> now.runner.known().isEmpty());
        nextLife();
        assertThat(now.journal.unfinished()).hasSize(1);
    }
}
