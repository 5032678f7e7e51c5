package io.burnish.agent.command;

import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;

/** An action cannot do what it promises; the message says why, for the user. */
public final class ActionFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A reason. */
    public ActionFailedException(String reason) {
        super(reason);
    }

    /** A reason with its cause, whose stack trace becomes the detail of the outcome. */
    public ActionFailedException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** A command failed: standard error text (agent contract, 4.3). */
    public static ActionFailedException of(CommandLine command, CommandResult result) {
        return new ActionFailedException(text(command, result));
    }

    /** The standard error text: {@code Error (RC) running 'CMD ARGS': 'STDOUT' 'STDERR'}, secrets masked. */
    public static String text(CommandLine command, CommandResult result) {
        String text = "Error (%d) running '%s': '%s' '%s'"
                .formatted(
                        result.rc(),
                        String.join(" ", command.args()),
                        result.stdout().strip(),
                        result.stderr().strip());
        return command.masked(result.rc() == CommandResult.TIMED_OUT ? text + timedOut(command) : text);
    }

    private static String timedOut(CommandLine command) {
        return " (killed after " + command.timeout().toSeconds() + " s)";
    }
}
