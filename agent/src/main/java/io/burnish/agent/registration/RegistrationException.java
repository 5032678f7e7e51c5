package io.burnish.agent.registration;

/** A server cannot be registered; the message is for the administrator at its console. */
public final class RegistrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A reason. */
    public RegistrationException(String reason) {
        super(reason);
    }
}
