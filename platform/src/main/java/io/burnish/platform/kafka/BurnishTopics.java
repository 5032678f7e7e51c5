package io.burnish.platform.kafka;

import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.model.ObjectType;
import io.burnish.platform.kafka.TopicSpec.Cleanup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The topics of {@link Topics}, with partitions and retention.
 *
 * <p>Topics on the way of every job have several partitions, so that several instances of a service share the work; facts of objects
 * that are few and change rarely have one. Work is kept for seven days, one day less than consumers remember what they have applied
 * (setting {@code burnish.inbox.keep}), so that nothing which can still be read again is ever applied twice.
 */
public final class BurnishTopics {

    /** Partitions of busy topics unless told otherwise. */
    public static final int BUSY_PARTITIONS = 3;

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);
    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;

    private static final Cleanup SNAPSHOTS = new Cleanup.Compacted(WEEK);
    private static final Cleanup WORK = new Cleanup.Kept(WEEK, 2 * GIB);
    private static final Cleanup STREAM = new Cleanup.Kept(DAY, 256 * MIB);

    /** Many objects, or changes with every job. */
    private static final Set<ObjectType> BUSY_FACTS =
            EnumSet.of(ObjectType.HOST, ObjectType.VOLUME, ObjectType.TARGET, ObjectType.COMMAND);

    private BurnishTopics() {}

    /** All topics, busy ones with {@link #BUSY_PARTITIONS}. */
    public static List<TopicSpec> all() {
        return all(BUSY_PARTITIONS);
    }

    /**
     * All topics.
     *
     * @param busy partitions of busy topics, at least 1
     */
    public static List<TopicSpec> all(int busy) {
        List<TopicSpec> topics = new ArrayList<>();
        for (ObjectType type : ObjectType.values()) {
            topics.add(new TopicSpec(Topics.facts(type), BUSY_FACTS.contains(type) ? busy : 1, SNAPSHOTS, true));
        }
        topics.add(new TopicSpec(Topics.LOCKS, busy, SNAPSHOTS, true));
        topics.add(new TopicSpec(Topics.USAGE, 1, SNAPSHOTS, true));
        for (ServiceName service : ServiceName.values()) {
            // the gateway owns no object that a job changes
            if (service != ServiceName.GATEWAY) {
                topics.add(new TopicSpec(Topics.dispatch(service), busy, WORK, true));
            }
        }
        for (String work :
                List.of(Topics.JOB_EVENTS, Topics.AGENT_ACTIONS, Topics.AGENT_RESULTS, Topics.COPYTOOL_EVENTS)) {
            topics.add(new TopicSpec(work, busy, WORK, true));
        }
        for (String stream : List.of(Topics.OBSERVATIONS, Topics.SAMPLES, Topics.LOG_LINES)) {
            topics.add(new TopicSpec(stream, busy, STREAM, false));
        }
        topics.add(new TopicSpec(Topics.DEAD_LETTERS, 1, WORK, true));
        return List.copyOf(topics);
    }
}
