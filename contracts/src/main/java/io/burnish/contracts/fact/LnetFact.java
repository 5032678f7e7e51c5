package io.burnish.contracts.fact;

import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import java.util.List;

/**
 * LNet of a server. The server's NIDs are part of this fact, so that whoever has waited for the version at which LNet came
 * up also knows them.
 */
public record LnetFact(
        long id, long version, String state, boolean immutableState, String label, long hostId, List<Nid> nids)
        implements StatefulFact {

    @Override
    public ObjectRef ref() {
        return new ObjectRef(ObjectType.LNET_CONFIGURATION, id);
    }

    @Override
    public LnetFact inState(String newState) {
        return new LnetFact(id, version, newState, immutableState, label, hostId, nids);
    }
}
