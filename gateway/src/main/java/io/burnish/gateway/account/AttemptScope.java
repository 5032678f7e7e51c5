package io.burnish.gateway.account;

import java.time.Duration;

/**
 * What failed log-ins are counted by. After {@link #free} failures each further one closes the scope for twice as long, from one second
 * to {@link #LONGEST}. A name from one address is closed first, so that who guesses from elsewhere does not lock its owner out at
 * once; a name from everywhere is closed late, an address with many names in between.
 */
enum AttemptScope {
    /** One name from one address. */
    PAIR(5),
    /** Any name from one address. */
    ADDRESS(20),
    /** One name from any address. */
    NAME(50),
    /** API keys that do not exist, from one address. */
    KEYS(20);

    static final Duration LONGEST = Duration.ofMinutes(15);
    /** Failures are forgotten when none was added for so long. */
    static final Duration FORGOTTEN = Duration.ofHours(1);

    private static final int MAX_EXPONENT = 16;

    private final int free;

    AttemptScope(int free) {
        this.free = free;
    }

    /** How long the scope stays closed after that many failures in a row. */
    Duration closedAfter(int failures) {
        int beyond = failures - free;
        if (beyond < 0) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(beyond, MAX_EXPONENT));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
}
