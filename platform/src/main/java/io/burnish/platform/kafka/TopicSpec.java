package io.burnish.platform.kafka;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A topic as it should be.
 *
 * @param partitions fixed when the topic is created: more of them later would break the order within a key
 * @param cleanup which records go when
 * @param safeAlone whether a single broker writes each record to the disk before it acknowledges it; see {@link #settings}
 */
public record TopicSpec(String name, int partitions, Cleanup cleanup, boolean safeAlone) {

    private static final Duration SEGMENT_AGE = Duration.ofDays(1);

    /** Which records go when. */
    public sealed interface Cleanup {

        /**
         * The last record of each key stays for ever; a removal stays visible for that time, so that a consumer which was away
         * for less still learns of it.
         */
        record Compacted(Duration removalsVisible) implements Cleanup {}

        /** Records go by age, or earlier when a partition is larger than that many bytes. */
        record Kept(Duration age, long bytesPerPartition) implements Cleanup {}
    }

    /**
     * The topic's settings.
     *
     * @param alone true on a single broker with durable data: topics that are {@link #safeAlone} are then flushed record by record.
     *     A kill of the broker loses nothing either way, the system's page cache survives it; a loss of power would lose what was
     *     acknowledged in the last second. In a cluster replication protects instead.
     */
    public Map<String, String> settings(boolean alone) {
        Map<String, String> settings = new LinkedHashMap<>();
        switch (cleanup) {
            case Cleanup.Compacted(Duration removalsVisible) -> {
                settings.put("cleanup.policy", "compact");
                settings.put("delete.retention.ms", millis(removalsVisible));
                settings.put("min.cleanable.dirty.ratio", "0.2");
            }
            case Cleanup.Kept(Duration age, long bytes) -> {
                settings.put("cleanup.policy", "delete");
                settings.put("retention.ms", millis(age));
                settings.put("retention.bytes", Long.toString(bytes));
            }
        }
        settings.put("segment.ms", millis(SEGMENT_AGE));
        settings.put("flush.messages", Long.toString(alone && safeAlone ? 1 : Long.MAX_VALUE));
        return settings;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
