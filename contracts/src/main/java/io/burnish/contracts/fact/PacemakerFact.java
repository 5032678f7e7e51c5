package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;

/** Pacemaker on a server. */
public record PacemakerFact(long id, long version, String state, boolean immutableState, String label, long hostId)
        implements StatefulFact {

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.PACEMAKER_CONFIGURATION, id);
    }

    @Override
    public PacemakerFact inState(String newState) {
        return new PacemakerFact(id, version, newState, immutableState, label, hostId);
    }
}
