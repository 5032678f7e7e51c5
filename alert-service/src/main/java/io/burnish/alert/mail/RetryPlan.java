package io.burnish.alert.mail;

import java.time.Duration;
import java.util.Optional;

/**
 * When a mail that could not be sent is tried again.
 *
 * @param attempts how often it is tried at all, at least once
 */
record RetryPlan(Duration firstPause, int attempts) {

    private static final Duration LONGEST = Duration.ofHours(1);
    /** Doublings beyond this one would overflow, and are beyond the longest pause anyway. */
    private static final int DOUBLINGS = 20;

    /** The pause after that many attempts have failed; empty: it is given up. */
    Optional<Duration> after(int failed) {
        if (failed >= attempts) {
            return Optional.empty();
        }
        Duration pause = firstPause.multipliedBy(1L << Math.min(failed - 1, DOUBLINGS));
        return Optional.of(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
    }
}
