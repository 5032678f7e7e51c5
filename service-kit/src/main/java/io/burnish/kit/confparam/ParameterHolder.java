package io.burnish.kit.confparam;

import io.burnish.contracts.fact.StatefulFact;
import io.burnish.kit.sql.Tx;
import io.burnish.lifecycle.confparam.ParameterKind;
import java.util.Map;
import java.util.Optional;

/** An object whose configuration parameters somebody wants to change. */
public interface ParameterHolder {

    /** Which parameters it has; empty: none. */
    Optional<ParameterKind> kind();

    /** Whether it is only watched: its parameters are not Burnish's to change. */
    boolean immutable();

    /** The parameters that are set, its row locked until the end of the transaction. */
    Map<String, String> lock(Tx tx);

    /** Stores parameters in place of all that are set, and publishes the object's new snapshot, which is returned. */
    StatefulFact store(Tx tx, Map<String, String> parameters);

    /** The MGT of its file system. */
    long mgt(Tx tx);
}
