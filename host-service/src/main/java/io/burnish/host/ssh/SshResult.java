package io.burnish.host.ssh;

/**
 * What a command did.
 *
 * @param rc exit status; -1 if the server told none
 */
public record SshResult(int rc, String stdout, String stderr) {

    /** Whether it succeeded. */
    public boolean ok() {
        return rc == 0;
    }
}
