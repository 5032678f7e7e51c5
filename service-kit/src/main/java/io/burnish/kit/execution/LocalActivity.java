package io.burnish.kit.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Slow work that a service does itself, for example over SSH. A bean; runs on a virtual thread; may be run again after a crash. */
public interface LocalActivity {

    /** Name by which steps ask for it. */
    String name();

    /**
     * Does the work.
     *
     * @param args as given by the step; secrets only by reference
     * @throws ActivityFailure with words for the user
     * @throws InterruptedException when the job is cancelled or the service stops
     */
    JsonNode run(ObjectNode args) throws ActivityFailure, InterruptedException;

    /** The work did not succeed. */
    final class ActivityFailure extends Exception {
        private static final long serialVersionUID = 1L;

        /** States what failed, where, why. */
        public ActivityFailure(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }
}
