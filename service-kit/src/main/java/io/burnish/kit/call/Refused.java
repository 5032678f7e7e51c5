package io.burnish.kit.call;

import io.burnish.contracts.call.Refusal;

/** Thrown by an internal operation to say no; the caller gets {@link InternalClient.RefusedException}. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** Says why. */
    public Refused(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }
}
