package io.burnish.lifecycle.lock;

import io.burnish.contracts.model.ObjectRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Locks by object and by job. Not safe for use by several threads. */
public final class LockTable implements Locks {

    /** Within one job the write lock last: it is what later jobs wait for. */
    private static final Comparator<Lock> ORDER =
            Comparator.comparingLong(Lock::jobId).thenComparing(Lock::write);

    private final Map<ObjectRef, TreeMap<Lock, Lock>> byObject = new HashMap<>();
    private final Map<Long, List<Lock>> byJob = new HashMap<>();

    /** Adds a lock. */
    public void add(Lock lock) {
        byObject.computeIfAbsent(lock.object(), object -> new TreeMap<>(ORDER)).put(lock, lock);
        byJob.computeIfAbsent(lock.jobId(), job -> new ArrayList<>()).add(lock);
    }

    /** Releases all locks of a job; returns the objects that it had locked. */
    public Set<ObjectRef> release(long jobId) {
        Set<ObjectRef> released = new LinkedHashSet<>();
        for (Lock lock : byJob.getOrDefault(jobId, List.of())) {
            TreeMap<Lock, Lock> locks = byObject.get(lock.object());
            locks.remove(lock);
            if (locks.isEmpty()) {
                byObject.remove(lock.object());
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
        TreeMap<Lock, Lock> locks = byObject.get(object);
        return locks == null ? List.of() : List.copyOf(locks.keySet());
    }

    /** Locks of a job. */
    public Collection<Lock> of(long jobId) {
        return List.copyOf(byJob.getOrDefault(jobId, List.of()));
    }

    @Override
    public void predecessors(ObjectRef object, boolean write, Set<Long> into) {
        TreeMap<Lock, Lock> locks = byObject.get(object);
        if (locks == null) {
            return;
        }
        for (Lock lock : locks.descendingKeySet()) {
            if (lock.write()) {
                into.add(lock.jobId());
                return;
            }
            if (write) {
                into.add(lock.jobId());
            }
        }
    }

    @Override
    public Optional<Lock> newestChange(ObjectRef object) {
        TreeMap<Lock, Lock> locks = byObject.get(object);
        if (locks == null) {
            return Optional.empty();
        }
        return locks.descendingKeySet().stream()
                .filter(lock -> lock.write() && lock.end() != null)
                .findFirst();
    }
}
