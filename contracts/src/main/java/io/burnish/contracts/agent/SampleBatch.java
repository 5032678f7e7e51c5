package io.burnish.contracts.agent;

import java.time.Instant;
import java.util.List;

/**
 * Statistics of one sampling of one server.
 *
 * @param takenAt by the server's clock
 */
public record SampleBatch(long hostId, String agentEpoch, long sequence, Instant takenAt, List<Sample> samples) {

    /** Kinds of series (API contract, storage 24). */
    public enum SeriesType {
        /** Value as it is. */
        GAUGE,
        /** Rising counter, reported as rate, never below 0. */
        COUNTER,
        /** Difference per second, may fall. */
        DERIVE
    }

    /**
     * One value.
     *
     * @param target name of the target that it belongs to, for example {@code scratch-OST0000}; {@code null}: the server itself
     * @param name series name as in the API, for example {@code kbytesfree}
     */
    public record Sample(String target, String name, SeriesType type, double value) {}
}
