package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;

/** An HSM mover process on a worker. */
public record CopytoolFact(
        long id,
        long version,
        String state,
        boolean immutableState,
        String label,
        long hostId,
        long filesystemId,
        long clientMountId)
        implements StatefulFact {

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.COPYTOOL, id);
    }

    @Override
    public CopytoolFact inState(String newState) {
        return new CopytoolFact(id, version, newState, immutableState, label, hostId, filesystemId, clientMountId);
    }
}
