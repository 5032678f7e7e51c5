package io.burnish.target.claim;

import io.burnish.contracts.call.Refusal;

/** A target cannot be created as asked. */
public final class ClaimRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    ClaimRefused(String field, String message) {
        super(message, null, false, false);
        this.refusal = new Refusal(field, message, null);
    }

    /** Field and text for the user. */
    public Refusal refusal() {
        return refusal;
    }
}
