package io.burnish.kit.facts;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.lifecycle.lock.Lock;
import io.burnish.lifecycle.lock.Locks;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The locks on objects, as the command service tells them: which jobs, not what they will make of the objects. Not safe for use by
 * several threads.
 */
public final class KnownLocks implements Locks {

    private final Map<ObjectRef, Holders> byObject = new HashMap<>();

    /** Incomplete jobs that hold locks on an object, ascending. */
    public record Holders(List<Long> read, List<Long> write) {

        private static final Holders NONE = new Holders(List.of(), List.of());
    }

    /** Who holds locks on an object. */
    public Holders holders(ObjectRef object) {
        return byObject.getOrDefault(object, Holders.NONE);
    }

    @Override
    public List<Lock> on(ObjectRef object) {
        Holders holders = holders(object);
        return Stream.concat(
                        holders.read().stream().map(job -> new Lock(job, object, false, null, null)),
                        holders.write().stream().map(job -> new Lock(job, object, true, null, null)))
                .sorted(Comparator.comparingLong(Lock::jobId).thenComparing(Lock::write))
                .toList();
    }

    /** Notes who holds locks on an object from now on; returns whether that is another than before. */
    public boolean put(ObjectRef object, Collection<Long> read, Collection<Long> write) {
        Holders holders = new Holders(sorted(read), sorted(write));
        Holders before = holders.equals(Holders.NONE) ? byObject.remove(object) : byObject.put(object, holders);
        return !holders.equals(before == null ? Holders.NONE : before);
    }

    void clear() {
        byObject.clear();
    }

    private static List<Long> sorted(Collection<Long> jobs) {
        return jobs.stream().sorted().toList();
    }
}
