package io.burnish.host.ssh;

/** An SSH connection or command that did not come about; the message is for the user. */
public final class SshFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    SshFailure(Kind kind, String sentence, Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    /** What went wrong. */
    public enum Kind {
        /** The name leads nowhere. */
        UNRESOLVED,
        /** Nobody answers. */
        UNREACHABLE,
        /** The server shows another key than at the first contact. */
        HOST_KEY_CHANGED,
        /** The private key cannot be read. */
        BAD_KEY,
        /** The server does not let us in. */
        REFUSED,
        /** The connection broke or took too long. */
        BROKEN
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }
}
