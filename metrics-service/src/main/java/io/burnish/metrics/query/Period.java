package io.burnish.metrics.query;

import io.burnish.metrics.point.Level;

/** Which time is asked for. */
sealed interface Period {

    /** The newest point of each series. */
    record Latest() implements Period {}

    /**
     * A range in milliseconds since the epoch, its end not included.
     *
     * @param slots number of equal intervals that are wanted; 0: points as they are stored
     */
    record Range(long begin, long end, int maxPoints, int slots) implements Period {

        /** The end without the ten seconds that are not over yet (monitoring 12.1). */
        long settledEnd() {
            return Level.TEN_SECONDS.floor(end);
        }
    }
}
