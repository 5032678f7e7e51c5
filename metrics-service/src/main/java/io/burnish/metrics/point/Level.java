package io.burnish.metrics.point;

import java.time.Duration;
import java.time.Instant;

/**
 * Resolutions in which series are kept, finest first (monitoring 11). The ordinal is stored.
 *
 * <p>Points of a level are stored in chunks, each the points of one window. Windows begin at multiples of their length since the epoch
 * and hold whole windows of the finer level. So every interval of a level up to {@link #HOUR} lies within one window of
 * {@link #TEN_SECONDS}, and every day within one window of {@link #HOUR}: an interval can be computed from one chunk.
 */
public enum Level {
    /** Readings as they were taken; put on slots of ten seconds when they are read. */
    TEN_SECONDS(Duration.ofSeconds(10), Duration.ofDays(1), Duration.ofHours(1)),
    MINUTE(Duration.ofMinutes(1), Duration.ofDays(3), Duration.ofHours(6)),
    FIVE_MINUTES(Duration.ofMinutes(5), Duration.ofDays(7), Duration.ofDays(1)),
    HOUR(Duration.ofHours(1), Duration.ofDays(30), Duration.ofDays(10)),
    DAY(Duration.ofDays(1), Duration.ofDays(70_000), Duration.ofDays(400));

    private static final Level[] ALL = values();

    private final long step;
    private final long kept;
    private final long window;

    Level(Duration step, Duration kept, Duration window) {
        this.step = step.toMillis();
        this.kept = kept.toMillis();
        this.window = window.toMillis();
    }

    /** Length of an interval, in milliseconds. */
    public long step() {
        return step;
    }

    /** Length of the window of a chunk, in milliseconds. */
    public long window() {
        return window;
    }

    /** Points before that time may be gone. */
    public long keptSince(Instant now) {
        return now.toEpochMilli() - kept;
    }

    /** Beginning of the interval in which a time lies. */
    public long floor(long at) {
        return Math.floorDiv(at, step) * step;
    }

    /** Beginning of the window in which a time lies. */
    public long windowOf(long at) {
        return Math.floorDiv(at, window) * window;
    }

    /** The level with that ordinal. */
    public static Level of(int stored) {
        return ALL[stored];
    }

    /**
     * The finest level that reaches back to the beginning of a range and needs no more points for it than allowed; the day if there is
     * none (monitoring 12.1).
     */
    public static Level finest(long begin, long end, int maxPoints, Instant now) {
        for (Level level : ALL) {
            if (level.keptSince(now) <= begin && (double) level.step * maxPoints >= end - begin) {
                return level;
            }
        }
        return DAY;
    }
}
