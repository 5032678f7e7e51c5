package io.burnish.host.profile;

/** A rule cannot be evaluated; the message says why. */
final class RuleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RuleException(String message) {
        super(message, null, false, false);
    }
}
