package io.burnish.agent.channel;

import io.burnish.contracts.agent.LogBatch;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Log lines that the hub has not stored yet. One batch at a time is under way, as in {@link SampleSpool}: sent again with the same number
 * and the same lines until the hub says that it is stored. The number of lines that wait is bounded; the oldest go first, and a line says how
 * many. Not thread-safe.
 */
final class LineSpool {

    private static final int LINES_PER_BATCH = 64;
    private static final int WARNING = 4;
    private static final int DAEMON = 3;

    private final int most;
    private final Deque<LogBatch.Line> waiting = new ArrayDeque<>();
    private List<LogBatch.Line> batch = List.of();
    private boolean underWay;
    private long sequence;
    private long dropped;

    LineSpool(int most) {
        this.most = most;
    }

    void add(List<LogBatch.Line> lines) {
        waiting.addAll(lines);
        while (waiting.size() > most) {
            waiting.removeFirst();
            dropped++;
        }
    }

    /** A line of the agent itself. */
    void say(Instant at, String text) {
        add(List.of(own(at, text)));
    }

    /** The oldest lines, which are under way from now on; empty if there are none, or some are under way. */
    Optional<LogBatch> next(long hostId, String fqdn, String epoch) {
        if (underWay || (batch.isEmpty() && waiting.isEmpty())) {
            return Optional.empty();
        }
        if (batch.isEmpty()) {
            batch = take();
            sequence++;
        }
        underWay = true;
        return Optional.of(new LogBatch(hostId, fqdn, epoch, sequence, batch));
    }

    private List<LogBatch.Line> take() {
        List<LogBatch.Line> lines = new ArrayList<>(LINES_PER_BATCH);
        if (dropped > 0) {
            lines.add(own(
                    waiting.getFirst().at(),
                    dropped + " log lines were dropped while the manager could not be reached"));
            dropped = 0;
        }
        while (!waiting.isEmpty() && lines.size() < LINES_PER_BATCH) {
            lines.add(waiting.removeFirst());
        }
        return lines;
    }

    private static LogBatch.Line own(Instant at, String text) {
        return new LogBatch.Line(at, WARNING, DAEMON, "burnish-agent", text);
    }

    /** The hub has stored the batch of that number. */
    void stored(long stored) {
        if (stored == sequence) {
            underWay = false;
            batch = List.of();
        }
    }

    /** The connection is gone: what was under way is to be sent again. */
    void again() {
        underWay = false;
    }
}
