package io.burnish.lifecycle.lock;

import io.burnish.contracts.model.ObjectRef;

/**
 * A claim of a job on an object (orchestration 1, 7).
 *
 * @param begin state that the object has when the job starts; {@code null}: any
 * @param end state that it has when the job has succeeded; {@code null}: the job does not change it
 */
public record Lock(long jobId, ObjectRef object, boolean write, String begin, String end) {}
