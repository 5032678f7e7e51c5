package io.burnish.kit.execution;

import io.burnish.kit.sql.Tx;
import java.util.Optional;

/** Knows which agents are connected; a bean of the service that owns the hub. */
public interface SessionDirectory {

    /** The server's present session, if its agent is connected. */
    Optional<StepScript.Session> current(Tx tx, long hostId);
}
