package io.burnish.kit.facts;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.sql.Tx;
import java.util.Set;

/** A bean that reacts, in the same transaction, when this service learns something new of its neighbours. */
public interface NeighbourListener {

    /** These objects have new snapshots (or are gone). */
    void factsChanged(Tx tx, Set<ObjectRef> changed);

    /** No job holds a lock on these objects any more. */
    default void unlocked(Tx tx, Set<ObjectRef> objects) {}
}
