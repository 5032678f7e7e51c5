package io.burnish.command.engine;

import io.burnish.contracts.fact.Fact;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Where commands, jobs and locks change: one transaction at a time in the installation, whatever the number of instances, for each holds
 * the one row of {@code engine_state}. Planning and the bookkeeping of ends are short; the work itself runs elsewhere.
 */
@ApplicationScoped
public class Engine {

    private final Database database;
    private final Neighbours neighbours;
    private final Memory memory = new Memory();
    private final ReentrantLock turn = new ReentrantLock(true);

    Engine(Database database, Neighbours neighbours) {
        this.database = database;
        this.neighbours = neighbours;
    }

    /** Runs work with the engine to itself, in a transaction of its own. */
    public <T> T exclusive(Function<EngineTx, T> work) {
        return database.transaction(tx -> exclusive(tx, work));
    }

    /** Runs work with the engine to itself, within a transaction; the engine is held until it ends. */
    public <T> T exclusive(Tx tx, Function<EngineTx, T> work) {
        turn.lock();
        try {
            memory.refresh(
                    tx,
                    tx.one("SELECT version::text FROM engine_state FOR UPDATE").getString(0));
            EngineTx engineTx = new EngineTx(tx, memory);
            try {
                T value = work.apply(engineTx);
                engineTx.finish();
                return value;
            } catch (RuntimeException | Error e) {
                if (engineTx.changed()) {
                    memory.forget();
                }
                throw e;
            }
        } finally {
            turn.unlock();
        }
    }

    /** Takes over snapshots of objects before their facts arrive. */
    public void introduce(EngineTx engineTx, Collection<? extends Fact> facts) {
        if (!facts.isEmpty()) {
            neighbours.learn(engineTx.tx(), facts);
            engineTx.remember(facts);
        }
    }
}
