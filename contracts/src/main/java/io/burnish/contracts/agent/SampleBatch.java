package io.burnish.contracts.agent;

import java.time.Instant;
import java.util.List;

/**
 * Statistics of one sampling of one server, or of storage resources by the manager.
 *
 * @param hostId {@link #MANAGER}: not from a server
 * @param takenAt by the server's clock
 */
public record SampleBatch(long hostId, String agentEpoch, long sequence, Instant takenAt, List<Sample> samples) {

    /** Stands in place of the server's id. Servers cannot say so: the hub writes their id. */
    public static final long MANAGER = 0;

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
     * @param target name of the target that it belongs to, for example {@code scratch-OST0000}; {@code null}: the server itself; from the
     *     manager the ref of a storage resource, for example {@code storage_resource:9}
     * @param name series name as in the API, for example {@code kbytesfree}
     */
    public record Sample(String target, String name, SeriesType type, double value) {}
}
