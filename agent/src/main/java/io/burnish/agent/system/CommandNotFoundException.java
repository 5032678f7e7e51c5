package io.burnish.agent.system;

/** The executable does not exist on this server; callers often read it as "feature not installed". */
public final class CommandNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the executable. */
    public CommandNotFoundException(String program) {
        super("no such executable on this server: " + program);
    }
}
