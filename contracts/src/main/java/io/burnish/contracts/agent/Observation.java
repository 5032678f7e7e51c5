package io.burnish.contracts.agent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an agent saw of objects that other services own. Ordered by (epoch, sequence) of the observer, never by a clock: a new
 * epoch replaces what the former one said.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Observation.ResourceLocations.class, name = "resource-locations"),
    @JsonSubTypes.Type(value = Observation.LocalMounts.class, name = "local-mounts"),
    @JsonSubTypes.Type(value = Observation.ClientMounts.class, name = "client-mounts")
})
public sealed interface Observation {

    /** The observing server. */
    long hostId();

    /** Identity of the agent's run. */
    String agentEpoch();

    /** Grows within the epoch. */
    long sequence();

    /**
     * When the observer began to look, by the hub's clock: the time at which the hub got the report, less the age that the report tells.
     * What a job has set later than this is not contradicted by it.
     */
    Instant seenAt();

    /**
     * Where the cluster says its targets run.
     *
     * @param nodes HA label to node name; no name: stopped. Only present labels say anything
     */
    record ResourceLocations(long hostId, String agentEpoch, long sequence, Instant seenAt, Map<String, NodeName> nodes)
            implements Observation {}

    /** A node, or none. */
    record NodeName(String name) {}

    /** All targets mounted on the observer: an empty list means none. */
    record LocalMounts(long hostId, String agentEpoch, long sequence, Instant seenAt, List<TargetMount> mounts)
            implements Observation {}

    /** A mounted target by the uuid of its backing file system. */
    record TargetMount(String fsUuid, String device, String mountPoint, Map<String, String> recoveryStatus) {}

    /** All Lustre client mounts of the observer. */
    record ClientMounts(long hostId, String agentEpoch, long sequence, Instant seenAt, List<ClientMount> mounts)
            implements Observation {}

    /** A client mount: {@code spec} is {@code nid,nid:nid:/fsname}. */
    record ClientMount(String spec, String mountPoint) {}
}
