package io.burnish.standalone.client;

/** The API could not be reached, or said no. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * States what was asked and what came back.
     *
     * @param status HTTP status; 0 if there was no answer
     */
    public ApiException(String message, int status) {
        super(message);
        this.status = status;
    }

    ApiException(String message, Exception cause) {
        super(message, cause);
        this.status = 0;
    }

    /** HTTP status; 0 if there was no answer. */
    public int status() {
        return status;
    }
}
