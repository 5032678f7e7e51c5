package io.burnish.kit.offer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.facts.KnownWorld;
import io.burnish.kit.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The offers of objects, computed from the projection of facts and locks. Never older than {@value #FRESH_MILLIS} ms: whoever asks later
 * has the projection's changes read, in one statement, and everybody who asks meanwhile waits for the same reading.
 *
 * <p>The caller is not blocked: reading and computing happen on virtual threads, one at a time. Texts are kept until they may be
 * others: an object's offers depend on the objects around it, so any changed fact ends them all, but a lock only those of its object.
 */
@ApplicationScoped
class PresentOffers {

    private static final long FRESH_MILLIS = 100;
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(FRESH_MILLIS);
    /** In characters: some thousand objects. */
    private static final long KEPT = 8L << 20;

    private final Database database;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Cache<ObjectRef, ObjectOffers> texts = Caffeine.newBuilder()
            .maximumWeight(KEPT)
            .weigher((ObjectRef ref, ObjectOffers offers) -> offers.length())
            .executor(Runnable::run)
            .build();
    private final ReentrantLock turn = new ReentrantLock();
    /** Guarded by {@link #turn}. */
    private final KnownWorld known = new KnownWorld();

    private volatile long readAt = System.nanoTime() - FRESH_NANOS;
    /** How many readings have found something changed. */
    private volatile long changes;

    PresentOffers(Database database) {
        this.database = database;
    }

    /** The offers of objects; of one that this service does not know, none. Fails if there is no database to ask. */
    Future<Map<ObjectRef, ObjectOffers>> of(Collection<ObjectRef> objects) {
        if (fresh()) {
            Map<ObjectRef, ObjectOffers> kept = texts.getAllPresent(objects);
            if (kept.size() == objects.size()) {
                return Future.succeededFuture(kept);
            }
        }
        return onThread(() -> compute(objects));
    }

    /** A number that is the same as long as all offers are. As fresh as they are. */
    Future<Long> state() {
        return fresh()
                ? Future.succeededFuture(changes)
                : onThread(() -> {
                    compute(List.of());
                    return changes;
                });
    }

    private boolean fresh() {
        return System.nanoTime() - readAt < FRESH_NANOS;
    }

    private <T> Future<T> onThread(Supplier<T> work) {
        Promise<T> promise = Promise.promise();
        threads.execute(() -> {
            T found;
            try {
                found = work.get();
            } catch (RuntimeException | Error e) {
                promise.fail(e);
                return;
            }
            promise.complete(found);
        });
        return promise.future();
    }

    private Map<ObjectRef, ObjectOffers> compute(Collection<ObjectRef> objects) {
        turn.lock();
        try {
            if (!fresh()) {
                read();
            }
            Map<ObjectRef, ObjectOffers> found = new HashMap<>();
            for (ObjectRef object : objects) {
                found.put(object, texts.get(object, ref -> ObjectOffers.of(known.world(), known.locks(), ref)));
            }
            return found;
        } finally {
            turn.unlock();
        }
    }

    private void read() {
        long begun = System.nanoTime();
        KnownWorld.Changes found =
                known.apply(Database.await(database.query(KnownWorld.CHANGES, Tuple.of(known.horizon()))));
        if (found.facts()) {
            texts.invalidateAll();
        } else {
            texts.invalidateAll(found.locks());
        }
        if (found.facts() || !found.locks().isEmpty()) {
            changes++;
        }
        readAt = begun;
    }
}
