package io.burnish.command.engine;

import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.LockFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.Tx;
import io.burnish.lifecycle.lock.Lock;
import io.burnish.lifecycle.lock.Locks;
import io.burnish.lifecycle.world.World;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The engine during one transaction. */
public final class EngineTx {

    private final Tx tx;
    private final Memory memory;
    private final SortedSet<ObjectRef> touched = new TreeSet<>();
    private boolean changed;

    EngineTx(Tx tx, Memory memory) {
        this.tx = tx;
        this.memory = memory;
    }

    /** The transaction. */
    public Tx tx() {
        return tx;
    }

    /** All objects. */
    public World world() {
        return memory.world();
    }

    /** All held locks. */
    public Locks locks() {
        return memory.locks;
    }

    /** Locks that an incomplete job holds. */
    Collection<Lock> locksOf(long jobId) {
        return memory.locks.of(jobId);
    }

    void remember(Collection<? extends Fact> facts) {
        changed = true;
        facts.forEach(memory.world()::apply);
    }

    /** Takes locks that were stored. */
    public void lock(Collection<Lock> locks) {
        changed = true;
        locks.forEach(lock -> {
            memory.locks.add(lock);
            touched.add(lock.object());
        });
    }

    void release(long jobId) {
        changed = true;
        touched.addAll(memory.locks.release(jobId));
    }

    boolean changed() {
        return changed;
    }

    /** Publishes the locks that have changed and marks the memory as this transaction's. */
    void finish() {
        if (!changed) {
            return;
        }
        publishLocks();
        memory.changedBy(
                tx.one("UPDATE engine_state SET version = pg_current_xact_id()::text::bigint RETURNING version::text")
                        .getString(0));
    }

    private void publishLocks() {
        if (touched.isEmpty()) {
            return;
        }
        long version = 0;
        for (Row row : tx.query("SELECT nextval('lock_version') FROM generate_series(1, $1)", touched.size())) {
            version = row.getLong(0);
        }
        version -= touched.size();
        for (ObjectRef object : touched) {
            List<Lock> held = memory.locks.on(object);
            tx.publish(Outgoing.locks(new LockFact(
                    object,
                    ++version,
                    held.stream().filter(lock -> !lock.write()).map(Lock::jobId).toList(),
                    held.stream().filter(Lock::write).map(Lock::jobId).toList())));
        }
    }
}
