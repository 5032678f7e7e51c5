package io.burnish.benchmarks.measure;

import java.time.Duration;
import java.util.Arrays;

/** Durations of many events, every one kept. Belongs to one thread. */
public final class Latencies {

    private long[] nanos = new long[1024];
    private int count;

    /** One more event. */
    public void add(long durationNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = durationNanos;
    }

    /** One more event. */
    public void add(Duration duration) {
        add(duration.toNanos());
    }

    /** How many. */
    public int count() {
        return count;
    }

    /**
     * The smallest duration that at least that share of all events does not exceed (nearest rank), in milliseconds.
     *
     * @param percent above 0, at most 100
     * @return NaN if there was no event
     */
    public double percentileMillis(double percent) {
        if (percent <= 0 || percent > 100) {
            throw new IllegalArgumentException("no percentile: " + percent);
        }
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * count);
        return sorted[Math.max(rank, 1) - 1] / 1e6;
    }
}
