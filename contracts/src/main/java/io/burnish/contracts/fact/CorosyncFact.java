package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;

/**
 * Corosync on a server.
 *
 * @param corosync2 the pcs generation, which has its own job classes
 * @param mcastPort multicast port, {@code null} until configured; servers of one cluster share it
 * @param stonithDisabled the cluster said that fencing is off: no target may be created on its servers
 * @param alone the cluster said that this server is its only member
 */
public record CorosyncFact(
        long id,
        long version,
        String state,
        boolean immutableState,
        String label,
        long hostId,
        boolean corosync2,
        Integer mcastPort,
        boolean stonithDisabled,
        boolean alone)
        implements StatefulFact {

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.COROSYNC_CONFIGURATION, id);
    }

    @Override
    public CorosyncFact inState(String newState) {
        return new CorosyncFact(
                id, version, newState, immutableState, label, hostId, corosync2, mcastPort, stonithDisabled, alone);
    }
}
