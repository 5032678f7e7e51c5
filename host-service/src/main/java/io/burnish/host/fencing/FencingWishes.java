package io.burnish.host.fencing;

import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Notes whose cluster has to learn anew how a server is fenced (orchestration 13.2). The note is part of the change that causes it, and is kept
 * until the command for it exists.
 */
@ApplicationScoped
public class FencingWishes {

    /** Something changed about the outlets that feed a server. Servers without Pacemaker are skipped. */
    public void changed(Tx tx, long hostId) {
        tx.update("""
                INSERT INTO fencing_request (host_id, key)
                SELECT p.host_id, $2 FROM pacemaker_configuration p WHERE p.host_id = $1 AND p.not_deleted
                ON CONFLICT (host_id) DO UPDATE SET key = excluded.key, tries = 0, next_try_at = now()""", hostId, "fencing-" + UUID.randomUUID());
    }

    /** A server is gone. */
    public void forget(Tx tx, long hostId) {
        tx.update("DELETE FROM fencing_request WHERE host_id = $1", hostId);
    }
}
