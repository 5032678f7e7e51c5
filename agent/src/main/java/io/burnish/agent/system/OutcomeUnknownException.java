package io.burnish.agent.system;

/** A command that must not run twice was started before, and nobody knows how it ended: look at the system instead. */
public final class OutcomeUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the command. */
    public OutcomeUnknownException(CommandLine command) {
        super("the server went down while this command ran: " + command);
    }
}
