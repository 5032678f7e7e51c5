package io.burnish.contracts.fact;

import io.burnish.contracts.model.ObjectRef;
import java.util.List;

/**
 * The incomplete jobs that hold locks on an object, ascending. Published with every change; an object without locks has no
 * record (tombstone).
 *
 * @param version grows with every change of the object's locks
 */
public record LockFact(ObjectRef object, long version, List<Long> readJobs, List<Long> writeJobs) {}
