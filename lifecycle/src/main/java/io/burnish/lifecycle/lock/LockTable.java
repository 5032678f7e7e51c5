package io.burnish.lifecycle.lock;

import io.burnish.contracts.model.ObjectRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Locks by object and by job. Nothing depends on how many readers an object has but a new writer, who waits for each of them. Not safe for
 * use by several threads.
 */
public final class LockTable implements Locks {

    private final Map<ObjectRef, Held> byObject = new HashMap<>();
    private final Map<Long, List<Lock>> byJob = new HashMap<>();

    /** The locks on one object. */
    private record Held(NavigableSet<Lock> all, NavigableSet<Lock> writers) {

        /** Within one job the write lock last: it is what later jobs wait for. */
        private static final Comparator<Lock> ORDER =
                Comparator.comparingLong(Lock::jobId).thenComparing(Lock::write);

        Held() {
            this(new TreeSet<>(ORDER), new TreeSet<>(ORDER));
        }

        void add(Lock lock) {
            all.add(lock);
            if (lock.write()) {
                writers.add(lock);
            }
        }

        void remove(Lock lock) {
            all.remove(lock);
            if (lock.write()) {
                writers.remove(lock);
            }
        }
    }

    private static final Held NOTHING = new Held(Collections.emptyNavigableSet(), Collections.emptyNavigableSet());

    private Held held(ObjectRef object) {
        return byObject.getOrDefault(object, NOTHING);
    }

    /** Adds a lock. */
    public void add(Lock lock) {
        byObject.computeIfAbsent(lock.object(), object -> new Held()).add(lock);
        byJob.computeIfAbsent(lock.jobId(), job -> new ArrayList<>()).add(lock);
    }

    /** Releases all locks of a job; returns the objects that it had locked. */
    public Set<ObjectRef> release(long jobId) {
        Set<ObjectRef> released = new LinkedHashSet<>();
        for (Lock lock : byJob.getOrDefault(jobId, List.of())) {
            // a job that locks an object twice has released it already
            Held held = byObject.get(lock.object());
            if (held != null) {
                held.remove(lock);
                if (held.all().isEmpty()) {
                    byObject.remove(lock.object());
                }
            }
            released.add(lock.object());
        }
        byJob.remove(jobId);
        return released;
    }

    /** Forgets everything. */
    public void clear() {
        byObject.clear();
        byJob.clear();
    }

    @Override
    public List<Lock> on(ObjectRef object) {
        return List.copyOf(held(object).all());
    }

    /** Locks of a job. */
    public Collection<Lock> of(long jobId) {
        return List.copyOf(byJob.getOrDefault(jobId, List.of()));
    }

    @Override
    public boolean writeLocked(ObjectRef object) {
        return !held(object).writers().isEmpty();
    }

    @Override
    public Optional<Lock> newestWriter(ObjectRef object) {
        NavigableSet<Lock> writers = held(object).writers();
        return writers.isEmpty() ? Optional.empty() : Optional.of(writers.last());
    }

    @Override
    public Optional<Lock> newestChange(ObjectRef object) {
        return held(object).writers().descendingSet().stream()
                .filter(lock -> lock.end() != null)
                .findFirst();
    }

    @Override
    public void predecessors(ObjectRef object, boolean write, Set<Long> into) {
        Optional<Lock> writer = newestWriter(object);
        writer.map(Lock::jobId).ifPresent(into::add);
        if (write) {
            NavigableSet<Lock> all = held(object).all();
            writer.map(newest -> all.tailSet(newest, false)).orElse(all).forEach(reader -> into.add(reader.jobId()));
        }
    }
}
