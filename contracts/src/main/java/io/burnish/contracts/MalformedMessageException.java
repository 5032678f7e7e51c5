package io.burnish.contracts;

/** A message that is not of the type its topic or channel promises. Never worth a retry: it goes to the dead letters. */
public final class MalformedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** States which type was expected; the cause tells what was found. */
    public MalformedMessageException(Class<?> expected, Throwable cause) {
        super("not a " + expected.getSimpleName() + ": " + cause.getMessage(), cause);
    }
}
