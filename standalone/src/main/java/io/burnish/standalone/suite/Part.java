package io.burnish.standalone.suite;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One process of the suite that can be started again and again. */
interface Part {

    /** For example {@code host-service}. */
    String name();

    /**
     * Starts the process.
     *
     * @throws IOException if it does not start
     */
    Running start() throws IOException;

    /** A started process. */
    interface Running {

        /** The process. */
        ProcessHandle process();

        /** Completed with the exit code when it has ended, whoever ended it. */
        CompletableFuture<Integer> onExit();

        /** Ends it in order, and by force if it takes longer than that. */
        void stop(Duration patience);
    }
}
