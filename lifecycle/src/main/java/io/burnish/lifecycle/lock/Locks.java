package io.burnish.lifecycle.lock;

import io.burnish.contracts.model.ObjectRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The locks of incomplete jobs. Job ids ascend in the order of planning. */
public interface Locks {

    /** No locks. */
    Locks NONE = new LockTable();

    /** Locks on an object, ascending job id. */
    List<Lock> on(ObjectRef object);

    /** Whether an incomplete job will change the object or keeps it busy. */
    default boolean writeLocked(ObjectRef object) {
        return on(object).stream().anyMatch(Lock::write);
    }

    /** The newest job that will change the object's state. */
    default Optional<Lock> newestChange(ObjectRef object) {
        return on(object).reversed().stream()
                .filter(lock -> lock.write() && lock.end() != null)
                .findFirst();
    }

    /** The newest job that holds the object's write lock. */
    default Optional<Lock> newestWriter(ObjectRef object) {
        return on(object).reversed().stream().filter(Lock::write).findFirst();
    }

    /** The state that the object will have when all queued jobs have succeeded; empty if none of them changes it (orchestration 6.2). */
    default Optional<String> expected(ObjectRef object) {
        return newestChange(object).map(Lock::end);
    }

    /**
     * Jobs that a new lock has to wait for (orchestration 7.3): a reader for the newest writer, a writer for it and for all readers
     * since.
     */
    default void predecessors(ObjectRef object, boolean write, Set<Long> into) {
        List<Lock> present = on(object);
        for (Lock lock : present.reversed()) {
            if (lock.write()) {
                into.add(lock.jobId());
                // readers of the same job have the same id and come with it
                return;
            }
            if (write) {
                into.add(lock.jobId());
            }
        }
    }
}
