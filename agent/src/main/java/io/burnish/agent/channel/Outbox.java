package io.burnish.agent.channel;

import io.burnish.agent.AgentTimings;
import io.burnish.agent.action.Answers;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.LogBatch;
import io.burnish.contracts.agent.SampleBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What waits to be sent to the hub, by importance: outcomes, console text, reports, samples, log lines. Everything is bounded:
 *
 * <ul>
 *   <li>outcomes are only here while there is a connection; the journal has them anyway;
 *   <li>console text per action ({@link ConsoleText#LIMIT});
 *   <li>reports are dropped with the connection, since the next one begins with complete ones;
 *   <li>samples and log lines are kept until the hub has stored them, the oldest go first ({@link SampleSpool}, {@link LineSpool}).
 * </ul>
 */
public final class Outbox implements Answers {

    /**
     * How long console text is held back: what ends sooner is told with the outcome, which carries all output, and most actions end
     * sooner. It is also how much the text of a longer one is late.
     */
    static final long CONSOLE_HOLD_NANOS = 200_000_000L;

    private static final String DROPPED = " samplings were dropped while the manager could not store them";

    private final String fqdn;
    private final String epoch;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Map<String, ActionOutcome> outcomes = new LinkedHashMap<>();
    private final Map<String, ConsoleText> consoles = new LinkedHashMap<>();
    private final Deque<PendingReport> reports = new ArrayDeque<>();
    private final SampleSpool samplings;
    private final LineSpool lines;
    private boolean connected;
    private long hostId;

    /** The outbox of one life. */
    public Outbox(String fqdn, String epoch, AgentTimings.Reports bounds) {
        this(fqdn, epoch, bounds, System::nanoTime);
    }

    /** With a clock of nanoseconds. */
    Outbox(String fqdn, String epoch, AgentTimings.Reports bounds, LongSupplier clock) {
        this.fqdn = fqdn;
        this.epoch = epoch;
        this.samplings = new SampleSpool(bounds.keptSampleBatches());
        this.lines = new LineSpool(bounds.keptLogLines());
        this.clock = clock;
    }

    private record PendingReport(FromAgent.Report report, long began) {}

    @Override
    public void outcome(String actionId, ActionOutcome outcome) {
        fill(() -> {
            if (connected) {
                outcomes.put(actionId, outcome);
            }
        });
    }

    @Override
    public void console(String actionId, ActionCommand.JobStep job, String text) {
        fill(() -> consoles.computeIfAbsent(actionId, id -> new ConsoleText(id, job))
                .append(text, clock.getAsLong()));
    }

    /**
     * A report; dropped without a connection. Its age is told when it is sent.
     *
     * @param began {@link System#nanoTime()} when the look began
     */
    public void report(FromAgent.Report report, long began) {
        fill(() -> {
            if (connected) {
                reports.add(new PendingReport(report, began));
            }
        });
    }

    /** Samples of one sampling. */
    public void samples(Instant takenAt, List<SampleBatch.Sample> samples) {
        fill(() -> samplings.add(takenAt, samples));
    }

    /** Log lines, oldest first. */
    public void lines(List<LogBatch.Line> more) {
        fill(() -> lines.add(more));
    }

    /** The hub has stored the samples of that number. If others were dropped before it could, a log line says so. */
    public void samplesStored(long sequence) {
        fill(() -> {
            samplings.stored(sequence);
            samplings.takeDropped().ifPresent(dropped -> lines.say(dropped.last(), dropped.samplings() + DROPPED));
        });
    }

    /** The hub has stored the log lines of that number. */
    public void linesStored(long sequence) {
        fill(() -> lines.stored(sequence));
    }

    /** A connection to the hub exists; from now on outcomes and reports are taken. */
    void open(long host) {
        fill(() -> {
            hostId = host;
            connected = true;
        });
    }

    /** There is none any more. */
    void close() {
        fill(() -> {
            connected = false;
            outcomes.clear();
            reports.clear();
            samplings.again();
            lines.again();
        });
    }

    /**
     * The most important frame, as soon as there is one.
     *
     * @return empty if there was none within the time
     */
    Optional<FromAgent> next(Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            Optional<FromAgent> frame = choose();
            while (frame.isEmpty() && left > 0) {
                long part = Math.min(left, untilConsole());
                left -= part - filled.awaitNanos(part);
                frame = choose();
            }
            return frame;
        } finally {
            lock.unlock();
        }
    }

    /** Nanoseconds until held console text is due; at least one. */
    private long untilConsole() {
        long now = clock.getAsLong();
        return consoles.values().stream()
                .filter(text -> !text.isEmpty())
                .mapToLong(text -> Math.max(1, CONSOLE_HOLD_NANOS - text.waited(now)))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private Optional<FromAgent> choose() {
        if (!outcomes.isEmpty()) {
            String id = outcomes.keySet().iterator().next();
            // the outcome carries all that the action printed
            consoles.remove(id);
            return Optional.of(new FromAgent.Outcome(id, outcomes.remove(id)));
        }
        long now = clock.getAsLong();
        Optional<ConsoleText> console = consoles.values().stream()
                .filter(text -> !text.isEmpty() && text.waited(now) >= CONSOLE_HOLD_NANOS)
                .findFirst();
        if (console.isPresent()) {
            return Optional.of(console.get().next());
        }
        if (!reports.isEmpty()) {
            PendingReport oldest = reports.removeFirst();
            return Optional.of(oldest.report().aged(ageMillis(oldest.began(), now)));
        }
        if (!connected) {
            return Optional.empty();
        }
        Optional<SampleBatch> samples = samplings.next(hostId, epoch);
        if (samples.isPresent()) {
            return samples.map(FromAgent.Samples::new);
        }
        return lines.next(hostId, fqdn, epoch).map(FromAgent.Logs::new);
    }

    /** Rounded up: a look is rather called too old than too new. */
    private static long ageMillis(long began, long now) {
        return Math.ceilDiv(Math.max(0, now - began), 1_000_000L);
    }

    private void fill(Runnable change) {
        lock.lock();
        try {
            change.run();
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
