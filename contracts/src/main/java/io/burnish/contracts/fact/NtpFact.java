package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;

/** Time synchronisation of a server. */
public record NtpFact(long id, long version, String state, boolean immutableState, String label, long hostId)
        implements StatefulFact {

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.NTP_CONFIGURATION, id);
    }

    @Override
    public NtpFact inState(String newState) {
        return new NtpFact(id, version, newState, immutableState, label, hostId);
    }
}
