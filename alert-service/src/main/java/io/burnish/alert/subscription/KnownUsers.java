package io.burnish.alert.subscription;

import io.burnish.contracts.fact.UserFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.facts.NeighbourListener;
import io.burnish.kit.facts.Neighbours;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Whether a user exists. The gateway's news of a user that was made a moment ago may still be on its way, so an unknown one is
 * waited for before it is said not to exist.
 */
@ApplicationScoped
class KnownUsers implements NeighbourListener {

    private final Database database;
    private final Neighbours neighbours;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    KnownUsers(
            Database database,
            Neighbours neighbours,
            @ConfigProperty(name = "burnish.subscription.patience") Duration patience) {
        this.database = database;
        this.neighbours = neighbours;
        this.patience = patience;
    }

    /** Whether there is such a user. May block. */
    boolean exists(long id) {
        long left = patience.toNanos();
        lock.lock();
        try {
            // the lock is held while the table is asked: news that comes afterwards finds somebody who waits
            while (!stored(id)) {
                if (left <= 0) {
                    return false;
                }
                left = news.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean stored(long id) {
        return database.transaction(tx -> neighbours
                .find(tx, new ObjectRef(ObjectType.USER, id), UserFact.class)
                .isPresent());
    }

    @Override
    public void factsChanged(Tx tx, Set<ObjectRef> changed) {
        if (changed.stream().anyMatch(ref -> ref.type() == ObjectType.USER)) {
            // the signal waits for the lock, and a commit must not wait for a table that is being asked
            tx.afterCommit(() -> Thread.ofVirtual().start(this::signal));
        }
    }

    private void signal() {
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
