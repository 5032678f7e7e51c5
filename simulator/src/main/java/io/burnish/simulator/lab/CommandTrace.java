package io.burnish.simulator.lab;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** When which command line began on which server: the newest ones, for those who measure. It does not outlive this process. */
public final class CommandTrace {

    private static final int KEPT = 4096;

    private final Deque<Entry> newest = new ArrayDeque<>();

    /**
     * A command that a server was asked to run.
     *
     * @param at microseconds since 1970, on the clock of this machine
     * @param server fully qualified name
     * @param line the words, separated by blanks
     */
    public record Entry(long at, String server, String line) {}

    /** A command begins now. */
    public synchronized void begins(String server, String line) {
        if (newest.size() == KEPT) {
            newest.removeFirst();
        }
        newest.addLast(new Entry(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()), server, line));
    }

    /** Commands that began at that time or later, the oldest first. */
    public synchronized List<Entry> since(long micros) {
        return newest.stream().filter(entry -> entry.at() >= micros).toList();
    }
}
