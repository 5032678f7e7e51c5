package io.burnish.kit.execution;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.sql.Tx;
import java.util.Optional;

/** The stateful objects of a service, as far as jobs need them. One bean per service. */
public interface OwnedObjects {

    /** Locks the object's row and returns its state; empty if it does not exist or is gone. */
    Optional<String> lockState(Tx tx, ObjectRef ref);

    /**
     * Gives the object another state on purpose (a job succeeded) and publishes its fact with {@link Tx#publish}. An object that
     * is gone in the new state keeps its row; its last fact says so.
     */
    void changeState(Tx tx, ObjectRef ref, String state);
}
