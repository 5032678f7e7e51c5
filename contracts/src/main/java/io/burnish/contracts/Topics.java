package io.burnish.contracts;

import io.burnish.contracts.model.ObjectType;
import java.util.Locale;

/**
 * Names of the Kafka topics, with what each promises.
 *
 * <p>Delivery is at least once everywhere. Every record carries the headers of {@link MessageHeaders}; a consumer drops what it
 * has already applied in the transaction that applies the record: by source and message id, or for facts by the object's
 * version. Within one key, records of transactions that lock the same row are published in the order of their commits.
 */
public final class Topics {

    /** Key: job id. Jobs' progress: {@link io.burnish.contracts.job.JobEvent}. */
    public static final String JOB_EVENTS = "burnish.job-events";

    /** Key: host id. {@link io.burnish.contracts.agent.ActionCommand}: actions to run on a server, and cancellations. */
    public static final String AGENT_ACTIONS = "burnish.agent-actions";

    /** Key: host id. {@link io.burnish.contracts.agent.ActionResult}: one per action, whatever happened to it. */
    public static final String AGENT_RESULTS = "burnish.agent-results";

    /** Key: host id. {@link io.burnish.contracts.agent.Observation}: what an agent saw. */
    public static final String OBSERVATIONS = "burnish.observations";

    /** Key: ref of the copytool. {@link io.burnish.contracts.agent.CopytoolEvents}: what the copytool said. */
    public static final String COPYTOOL_EVENTS = "burnish.copytool-events";

    /**
     * Compacted. Key: ref of the locked object. {@link io.burnish.contracts.fact.LockFact}: which incomplete jobs hold locks
     * on it; a null value: none.
     */
    public static final String LOCKS = "burnish.facts.lock";

    /**
     * Compacted. Key: ref of the file system. {@link io.burnish.contracts.fact.FilesystemUsage}: its space, files and clients, when
     * they have changed noticeably; a null value: the file system is gone.
     */
    public static final String USAGE = "burnish.facts.usage";

    /** Key: host id, or ref of a storage resource. {@link io.burnish.contracts.agent.SampleBatch}: statistics. */
    public static final String SAMPLES = "burnish.samples";

    /** Key: host id. {@link io.burnish.contracts.agent.LogBatch}: syslog and journal lines. */
    public static final String LOG_LINES = "burnish.log-lines";

    /** Key: that of the record that could not be handled; value as it was, headers tell topic, consumer and error. */
    public static final String DEAD_LETTERS = "burnish.dead-letters";

    private static final String FACTS_PREFIX = "burnish.facts.";
    private static final String DISPATCH_PREFIX = "burnish.dispatch.";

    private Topics() {}

    /**
     * The compacted topic of the current snapshots of one type of object. Key: object id. Value:
     * {@link io.burnish.contracts.fact.FactMessage}; a null value is the removal of the object.
     */
    public static String facts(ObjectType type) {
        return FACTS_PREFIX + type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Work for one service. Key: ref of the object that the job changes, so that two jobs on one object arrive in the order
     * in which they were dispatched. Value: {@link io.burnish.contracts.job.Dispatch}.
     */
    public static String dispatch(ServiceName service) {
        return DISPATCH_PREFIX + service.wire();
    }
}
