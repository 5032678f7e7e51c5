package io.burnish.agent.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.agent.AgentTimings;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.LogBatch;
import io.burnish.contracts.agent.SampleBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What matters most is sent first, and nothing grows without bounds. */
class OutboxTest {

    private static final Instant AT = Instant.parse("2026-03-02T08:20:10Z");
    private static final AgentTimings.Reports BOUNDS = new AgentTimings.Reports(
            Duration.ofSeconds(10), 60, Duration.ofSeconds(10), 3, Duration.ofSeconds(10), 100, Duration.ofSeconds(1));

    private final AtomicLong clock = new AtomicLong();
    private final Outbox outbox = new Outbox("oss1", "e1", BOUNDS, clock::get);

    /** Lets so much time pass that what was printed is not held back any longer. */
    private void releaseConsoles() {
        clock.addAndGet(Outbox.CONSOLE_HOLD_NANOS);
    }

    private FromAgent next() throws InterruptedException {
        return outbox.next(Duration.ZERO).orElse(null);
    }

    private static List<SampleBatch.Sample> samples(double value) {
        return List.of(new SampleBatch.Sample(null, "x", SampleBatch.SeriesType.GAUGE, value));
    }

    private static LogBatch.Line line(int number) {
        return new LogBatch.Line(AT, 6, 3, "test", "line " + number);
    }

    private static FromAgent.Report report(int sequence) {
        return new FromAgent.Report("lustre", "e1", sequence, AT, 0, true, null);
    }

    private static ActionOutcome outcome() {
        return new ActionOutcome.Succeeded(null, List.of());
    }

    @Test
    void outcomesComeBeforeReportsBeforeSamplesBeforeLogLines() throws InterruptedException {
        outbox.open(3);
        outbox.lines(List.of(line(1)));
        outbox.samples(AT, samples(1));
        outbox.report(report(1), clock.get());
        outbox.console("b", null, "running");
        outbox.outcome("a", outcome());
        releaseConsoles();
        assertThat(next()).isInstanceOf(FromAgent.Outcome.class);
        assertThat(next()).isInstanceOf(FromAgent.Console.class);
        assertThat(next()).isInstanceOf(FromAgent.Report.class);
        assertThat(next()).isInstanceOf(FromAgent.Samples.class);
        assertThat(next()).isInstanceOf(FromAgent.Logs.class);
        assertThat(next()).isNull();
    }

    @Test
    void theAgeOfAReportIsThatAtWhichItIsSent() throws InterruptedException {
        outbox.open(3);
        clock.set(7_000_000_000L);
        outbox.report(report(1), 2_000_000_000L);
        outbox.report(report(2), 6_999_999_999L);
        clock.set(9_500_000_000L);
        assertThat(next()).isEqualTo(report(1).aged(7_500));
        clock.set(9_999_999_999L);
        // rounded up: rather too old than too new
        assertThat(next()).isEqualTo(report(2).aged(3_000));
    }

    @Test
    void whatAShortActionPrintedComesWithItsOutcomeOnly() throws InterruptedException {
        outbox.open(3);
        outbox.console("a", null, "one ");
        outbox.console("a", null, "two");
        outbox.outcome("a", outcome());
        assertThat(next()).isEqualTo(new FromAgent.Outcome("a", outcome()));
        releaseConsoles();
        assertThat(next()).isNull();
    }

    @Test
    void whatALongActionPrintsIsSentWhileItRuns() throws InterruptedException {
        outbox.open(3);
        outbox.console("a", null, "one ");
        assertThat(next()).isNull();
        clock.addAndGet(Outbox.CONSOLE_HOLD_NANOS / 2);
        outbox.console("a", null, "two");
        clock.addAndGet(Outbox.CONSOLE_HOLD_NANOS / 2);
        assertThat(next()).isEqualTo(new FromAgent.Console("a", 0, "one two", null));
        assertThat(next()).isNull();
    }

    @Test
    void heldTextIsSentWithoutAnythingElseHappening() throws InterruptedException {
        Outbox real = new Outbox("oss1", "e1", BOUNDS);
        real.open(3);
        real.console("a", null, "text");
        assertThat(real.next(Duration.ofMinutes(1))).contains(new FromAgent.Console("a", 0, "text", null));
    }

    @Test
    void longConsoleTextIsSentInPiecesAndItsMiddleIsLeftOutBeyondABound() throws InterruptedException {
        outbox.open(3);
        outbox.console("a", null, "begin" + "x".repeat(ConsoleText.LIMIT - 5));
        outbox.console("a", null, "y".repeat(2 * ConsoleText.LIMIT) + "end");
        releaseConsoles();
        StringBuilder text = new StringBuilder();
        int sequence = 0;
        for (FromAgent frame = next(); frame != null; frame = next()) {
            FromAgent.Console console = (FromAgent.Console) frame;
            assertThat(console.sequence()).isEqualTo(sequence++);
            text.append(console.text());
        }
        assertThat(text.length()).isLessThan(ConsoleText.LIMIT + 200);
        assertThat(text.toString())
                .startsWith("begin")
                .contains("[… console output left out …]")
                .endsWith("end");
    }

    @Test
    void outcomesAndReportsAreNotKeptWithoutAConnection() throws InterruptedException {
        outbox.outcome("a", outcome());
        outbox.report(report(1), clock.get());
        assertThat(next()).isNull();
        outbox.open(3);
        outbox.outcome("a", outcome());
        outbox.report(report(2), clock.get());
        outbox.close();
        outbox.open(3);
        assertThat(next()).isNull();
    }

    @Test
    void theOldestSamplesGoFirst() throws InterruptedException {
        for (int i = 1; i <= 5; i++) {
            outbox.samples(AT.plusSeconds(i), samples(i));
        }
        outbox.open(3);
        for (int i = 3; i <= 5; i++) {
            FromAgent.Samples frame = (FromAgent.Samples) next();
            assertThat(frame.batch()).isEqualTo(new SampleBatch(3, "e1", i, AT.plusSeconds(i), samples(i)));
            outbox.samplesStored(i);
        }
        assertThat(((FromAgent.Logs) next()).batch().lines())
                .as("the loss is said when the hub can store again")
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.message()).startsWith("2 samplings were dropped");
                    assertThat(line.at()).isEqualTo(AT.plusSeconds(2));
                });
        assertThat(next()).isNull();
    }

    @Test
    void logLinesAreSentInBatchesAndTheLossOfTheOldestIsSaid() throws InterruptedException {
        for (int i = 0; i < 150; i++) {
            outbox.lines(List.of(line(i)));
        }
        outbox.open(3);
        LogBatch first = ((FromAgent.Logs) next()).batch();
        assertThat(first.lines()).hasSize(64);
        assertThat(first.lines().getFirst().message()).startsWith("50 log lines were dropped");
        assertThat(first.lines().get(1).message()).isEqualTo("line 50");
        outbox.linesStored(first.sequence());
        LogBatch second = ((FromAgent.Logs) next()).batch();
        assertThat(second.sequence()).isEqualTo(first.sequence() + 1);
        assertThat(second.lines().getLast().message()).isEqualTo("line 149");
        outbox.linesStored(second.sequence());
        assertThat(next()).isNull();
    }

    @Test
    void samplesAndLinesAreSentAgainUntilTheHubHasStoredThem() throws InterruptedException {
        outbox.open(3);
        outbox.samples(AT, samples(1));
        outbox.lines(List.of(line(1)));
        FromAgent taken = next();
        FromAgent said = next();
        outbox.samples(AT, samples(2));
        outbox.lines(List.of(line(2)));
        assertThat(next()).as("one of each is under way").isNull();
        outbox.close();
        outbox.open(3);
        assertThat(next()).isEqualTo(taken);
        assertThat(next()).as("under the same number, with the same lines").isEqualTo(said);
        outbox.samplesStored(1);
        outbox.linesStored(1);
        assertThat(((FromAgent.Samples) next()).batch().sequence()).isEqualTo(2);
        assertThat(((FromAgent.Logs) next()).batch()).satisfies(batch -> {
            assertThat(batch.sequence()).isEqualTo(2);
            assertThat(batch.lines()).containsExactly(line(2));
        });
        outbox.samplesStored(2);
        outbox.linesStored(2);
        outbox.close();
        outbox.open(3);
        assertThat(next()).isNull();
    }

    @Test
    void samplingThatIsDroppedWhileItIsUnderWayDoesNotStopTheOthers() throws InterruptedException {
        outbox.open(3);
        outbox.samples(AT, samples(1));
        assertThat(next()).isNotNull();
        for (int i = 2; i <= 5; i++) {
            outbox.samples(AT, samples(i));
        }
        assertThat(next()).isNull();
        outbox.samplesStored(1);
        assertThat(((FromAgent.Samples) next()).batch().sequence()).isEqualTo(3);
    }

    @Test
    void readingsThatWaitAreBoundedToo() throws InterruptedException {
        Outbox large = new Outbox(
                "oss1",
                "e1",
                new AgentTimings.Reports(
                        Duration.ofSeconds(10),
                        60,
                        Duration.ofSeconds(10),
                        8_640,
                        Duration.ofSeconds(10),
                        100,
                        Duration.ofSeconds(1)));
        List<SampleBatch.Sample> half =
                Collections.nCopies(1_000_000, samples(1).getFirst());
        for (int i = 1; i <= 4; i++) {
            large.samples(AT, half);
        }
        large.open(3);
        FromAgent first = large.next(Duration.ZERO).orElseThrow();
        assertThat(((FromAgent.Samples) first).batch().sequence()).isEqualTo(3);
    }

    @Test
    void pausesBetweenTriesGrowToABoundAndDiffer() {
        AgentTimings.Channel timings = new AgentTimings.Channel(
                Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(1));
        Backoff backoff = new Backoff(timings, new Random(1));
        long expected = 1;
        for (int i = 0; i < 10; i++) {
            assertThat(backoff.pause()).isBetween(Duration.ofMillis(expected * 500), Duration.ofSeconds(expected));
            expected = Math.min(60, expected * 2);
        }
        backoff.reset();
        assertThat(backoff.pause()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        Backoff other = new Backoff(timings, new Random(2));
        assertThat(other.pause()).isNotEqualTo(new Backoff(timings, new Random(3)).pause());
    }
}
