package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;

/** A Lustre client mount of a file system on a worker. */
public record ClientMountFact(
        long id,
        long version,
        String state,
        boolean immutableState,
        String label,
        long hostId,
        long filesystemId,
        String mountpoint)
        implements StatefulFact {

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.CLIENT_MOUNT, id);
    }

    @Override
    public ClientMountFact inState(String newState) {
        return new ClientMountFact(id, version, newState, immutableState, label, hostId, filesystemId, mountpoint);
    }
}
