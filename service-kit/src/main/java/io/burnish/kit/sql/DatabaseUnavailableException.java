package io.burnish.kit.sql;

/** There is no database to ask right now. Callers retry; the API answers 503. */
public final class DatabaseUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** States what happened. */
    public DatabaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
