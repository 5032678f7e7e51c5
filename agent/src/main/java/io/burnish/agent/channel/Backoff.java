package io.burnish.agent.channel;

import io.burnish.agent.AgentTimings;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between tries to connect: doubling up to a bound, the second half of each at random, so that thousands of agents do not come
 * back in the same moment after the hub was away.
 */
final class Backoff {

    private final AgentTimings.Channel timings;
    private final RandomGenerator random;
    private Duration next;

    Backoff(AgentTimings.Channel timings, RandomGenerator random) {
        this.timings = timings;
        this.random = random;
        this.next = timings.reconnectFirst();
    }

    /** The next pause. */
    Duration pause() {
        Duration pause = next;
        Duration twice = next.multipliedBy(2);
        next = twice.compareTo(timings.reconnectMost()) < 0 ? twice : timings.reconnectMost();
        long half = pause.toNanos() / 2;
        return Duration.ofNanos(half + (half == 0 ? 0 : random.nextLong(half)));
    }

    /** A connection was good: begin anew. */
    void reset() {
        next = timings.reconnectFirst();
    }
}
