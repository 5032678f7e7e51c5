package io.burnish.agent.system;

/**
 * What a command did.
 *
 * @param rc exit status; {@link #TIMED_OUT} if it was killed at its timeout
 */
public record CommandResult(int rc, String stdout, String stderr) {

    /** Reserved exit status (agent contract, 4.4). */
    public static final int TIMED_OUT = 254;

    /** Whether the exit status is 0. */
    public boolean ok() {
        return rc == 0;
    }
}
