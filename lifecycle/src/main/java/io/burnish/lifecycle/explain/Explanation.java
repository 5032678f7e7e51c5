package io.burnish.lifecycle.explain;

import io.burnish.contracts.model.ObjectRef;
import java.util.List;

/**
 * Why an object is, or is not, in a state.
 *
 * @param name what the object is called in sentences
 * @param state its state now; {@code null}: there is no such object
 * @param wanted the state that is asked about
 * @param jobId the queued job that the finding is about; {@code null}: none
 * @param sentence complete for a reader without context: what, where, why, and what to do
 * @param because what the finding rests on, in the order in which it would have to be put right
 */
public record Explanation(
        ObjectRef object,
        String name,
        String state,
        String wanted,
        Finding finding,
        Long jobId,
        String sentence,
        List<Explanation> because) {

    /** Kinds of findings; the names are part of the API. */
    public enum Finding {
        /** It is in that state. */
        HOLDS,
        /** A queued job will bring it there. */
        UNDER_WAY,
        /** A queued job will bring it to another state. */
        GOES_ELSEWHERE,
        /** There is no such object, or it is gone. */
        GONE,
        /** Burnish only watches it. */
        WATCHED_ONLY,
        /** No sequence of jobs leads from its state to the other. */
        NO_WAY,
        /** Other objects are not as they would have to be. */
        CONDITIONS_UNMET,
        /** The server that would have to act does not answer. */
        NO_CONTACT,
        /** Nothing stands in the way. */
        NOT_ASKED_FOR
    }
}
