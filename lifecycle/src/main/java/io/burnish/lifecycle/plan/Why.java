package io.burnish.lifecycle.plan;

import io.burnish.contracts.model.ObjectRef;

/**
 * Why a job is in a plan.
 *
 * @param object what it is there for; {@code null} for requested jobs that concern no object
 * @param sentence complete for a reader without context
 */
public record Why(Kind kind, ObjectRef object, String sentence) {

    /** Kinds of reasons; the names are part of the API. */
    public enum Kind {
        /** Somebody asked for it. */
        REQUESTED,
        /** It leads to the state that was asked for. */
        ON_THE_WAY,
        /** A job needs its result before it can start. */
        NEEDED_BY_JOB,
        /** An object needs its result while it is in its new state. */
        NEEDED_BY_STATE,
        /** Another object's change would otherwise violate what this object needs. */
        FOLLOWS,
        /** It brings back a state that had to be left for a while. */
        RESTORES
    }
}
