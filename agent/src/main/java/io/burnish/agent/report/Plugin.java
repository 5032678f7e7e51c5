package io.burnish.agent.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.command.Commands;
import java.io.IOException;
import java.util.Optional;

/** Something that looks at the server regularly and reports what it sees. */
public interface Plugin {

    /** Its name on the wire. */
    String name();

    /** Whether it has anything to say for this server's profile at the moment. */
    default boolean applies() {
        return true;
    }

    /**
     * Looks at everything.
     *
     * @return the complete body
     */
    ObjectNode scan(Commands commands) throws InterruptedException, IOException;

    /**
     * Looks for the next report: at everything, or only if something can have changed since the last call. Plug-ins whose scan is cheap
     * always scan.
     *
     * @param full everything is wanted in any case
     * @return the complete body; empty if nothing has changed
     */
    default Optional<ObjectNode> poll(Commands commands, boolean full) throws InterruptedException, IOException {
        return Optional.of(scan(commands));
    }

    /** A report without changes is evidence that all is as before: whether that is worth a message. */
    default boolean reportsConstancy() {
        return true;
    }

    /** The body without what changes all the time and is no reason to report. */
    default ObjectNode significant(ObjectNode body) {
        return body;
    }
}
