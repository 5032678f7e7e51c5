package io.burnish.command.engine;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.facts.KnownWorld;
import io.burnish.kit.sql.Tx;
import io.burnish.lifecycle.lock.Lock;
import io.burnish.lifecycle.lock.LockTable;
import io.burnish.lifecycle.world.WorldIndex;
import io.vertx.sqlclient.Row;

/**
 * What this instance remembers of objects and held locks, so that planning reads neither from tables.
 *
 * <p>Valid if the database's engine version is the transaction that last changed this memory. Any other version means that another
 * instance has worked, or that the transaction was rolled back: then everything is read again. Facts that arrived in between are read in
 * any case.
 */
final class Memory {

    private static final String NEVER = "";

    final LockTable locks = new LockTable();
    private final KnownWorld known = new KnownWorld();
    private String token = NEVER;

    /** All objects. */
    WorldIndex world() {
        return known.world();
    }

    /** Brings the memory up to date; the caller holds the engine's row. */
    void refresh(Tx tx, String databaseVersion) {
        if (!databaseVersion.equals(token)) {
            known.clear();
            locks.clear();
            for (Row row : tx.query(
                    "SELECT job_id, ref, write, begin_state, end_state FROM job_lock WHERE held ORDER BY job_id")) {
                locks.add(new Lock(
                        row.getLong(0),
                        ObjectRef.parse(row.getString(1)),
                        row.getBoolean(2),
                        row.getString(3),
                        row.getString(4)));
            }
        }
        known.apply(tx.query(KnownWorld.CHANGES, known.horizon()));
        token = databaseVersion;
    }

    /** From now on the memory is what that transaction will commit. */
    void changedBy(String transaction) {
        token = transaction;
    }

    /** Nothing here can be trusted any more. */
    void forget() {
        token = NEVER;
    }
}
