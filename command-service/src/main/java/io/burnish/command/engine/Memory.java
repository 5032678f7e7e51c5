package io.burnish.command.engine;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.sql.Tx;
import io.burnish.lifecycle.lock.Lock;
import io.burnish.lifecycle.lock.LockTable;
import io.burnish.lifecycle.world.WorldIndex;
import io.vertx.sqlclient.Row;

/**
 * What this instance remembers of objects and held locks, so that planning reads neither from tables.
 *
 * <p>Valid if the database's engine version is the transaction that last changed this memory. Any other version means that another
 * instance has worked, or that the transaction was rolled back: then everything is read again. Facts that arrived in between are
 * read by the transaction that wrote them: those not older than the oldest transaction that was running at the last reading.
 */
final class Memory {

    private static final String NEVER = "";

    final WorldIndex world = new WorldIndex();
    final LockTable locks = new LockTable();
    private String token = NEVER;
    private String horizon = NEVER;

    /** Brings the memory up to date; the caller holds the engine's row. */
    void refresh(Tx tx, String databaseVersion) {
        String nextHorizon =
                tx.one("SELECT pg_snapshot_xmin(pg_current_snapshot())::text").getString(0);
        if (!databaseVersion.equals(token)) {
            world.clear();
            locks.clear();
            tx.query("SELECT fact::text FROM neighbour WHERE NOT gone AND fact IS NOT NULL")
                    .forEach(row -> world.apply(ContractJson.read(row.getString(0), Fact.class)));
            for (Row row : tx.query(
                    "SELECT job_id, ref, write, begin_state, end_state FROM job_lock WHERE held ORDER BY job_id")) {
                locks.add(new Lock(
                        row.getLong(0),
                        ObjectRef.parse(row.getString(1)),
                        row.getBoolean(2),
                        row.getString(3),
                        row.getString(4)));
            }
            token = databaseVersion;
        } else {
            for (Row row : tx.query(
                    "SELECT ref, gone, fact::text FROM neighbour WHERE changed_by >= $1::text::xid8 AND fact IS NOT NULL",
                    horizon)) {
                if (row.getBoolean(1)) {
                    world.remove(ObjectRef.parse(row.getString(0)));
                } else {
                    world.apply(ContractJson.read(row.getString(2), Fact.class));
                }
            }
        }
        horizon = nextHorizon;
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
