package io.burnish.contracts.job;

import io.burnish.contracts.model.ObjectRef;

/**
 * Why something ended other than by success, or is refused.
 *
 * @param object the object or the blocking one; may be {@code null}
 * @param actor the user who asked for it; may be {@code null}
 * @param jobId the job that failed before, for consequences; may be {@code null}
 * @param sentence complete for a reader without context: what, where, why, and what to do
 */
public record Reason(Code code, ObjectRef object, String actor, Long jobId, String sentence) {

    /** Kinds of reasons; the names are part of the API. */
    public enum Code {
        /** A user cancelled the job. */
        CANCELLED_BY_USER,
        /** A step failed on a server or in a check of its result. */
        STEP_FAILED,
        /** A job that this one waited for did not succeed. */
        PREDECESSOR_FAILED,
        /** An object that this job needs is not in an acceptable state. */
        DEPENDENCY_UNMET,
        /** The object is not in the state from which the job starts. */
        WRONG_STATE,
        /** Another object still depends on the present state. */
        DEPENDENT_REMAINS,
        /** The server could not be reached in time. */
        HOST_UNREACHABLE,
        /** The deadline of a step passed. */
        DEADLINE_PASSED,
        /** A defect of Burnish, logged under the given reference. */
        INTERNAL_ERROR
    }

    /** A reason that names only an object. */
    public static Reason of(Code code, ObjectRef object, String sentence) {
        return new Reason(code, object, null, null, sentence);
    }
}
