package io.burnish.kit.failpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * A place in the code at which a test can have the process end as {@code kill -9} ends it: between two things that must both happen or
 * neither, or of which the second must happen later.
 *
 * <p>Off unless the environment variable {@value #VARIABLE} named a directory when the process started; then {@link #reach} is nothing
 * but the test of a constant. Where it is on, a process ends at a point if the file {@code <directory>/<service>.<point>} exists. Whoever
 * removes the file is the one to end, so each file ends one process once.
 */
public enum Failpoint {
    /** Command, jobs, locks and first dispatches of a request are stored but not committed. */
    COMMAND_STORED,
    /** The command is committed; nobody knows of it yet. */
    COMMAND_ACCEPTED,
    /** Jobs have ended, their locks are still held; not committed. */
    BEFORE_LOCK_RELEASE,
    /** Messages were read from the outbox and are not sent. */
    BEFORE_PUBLISH,
    /** Kafka has the messages; they are still in the outbox. */
    AFTER_PUBLISH,
    /** What a batch of records does is committed; Kafka does not know. */
    BEFORE_ACKNOWLEDGE,
    /** A dispatched job is stored and has not begun; not committed. */
    DISPATCH_TAKEN,
    /** A step has come to its end, of which nothing is stored. */
    BEFORE_STEP_RESULT,
    /** The end of a step is committed. */
    AFTER_STEP_RESULT,
    /** A job has succeeded: the new state of its object is stored but not committed. */
    BEFORE_STATE_COMMIT,
    /** The new state is committed; the command service does not know. */
    AFTER_STATE_COMMIT,
    /** The outcome of an action is stored; the agent does not know. */
    OUTCOME_STORED;

    /** Names the directory. */
    public static final String VARIABLE = "BURNISH_FAILPOINTS";

    /** As the kernel reports a process that was killed. */
    static final int STATUS = 137;

    private static final String DIRECTORY = System.getenv(VARIABLE);

    /** Ends the process if a test wants that. */
    public void reach() {
        if (DIRECTORY != null) {
            strike();
        }
    }

    private void strike() {
        String service = ConfigProvider.getConfig().getValue("quarkus.application.name", String.class);
        try {
            if (Files.deleteIfExists(Path.of(DIRECTORY, service + "." + name()))) {
                Runtime.getRuntime().halt(STATUS);
            }
        } catch (IOException e) {
            throw new IllegalStateException("failpoint " + this + " of " + service + " cannot be looked up", e);
        }
    }
}
