package io.burnish.kit.execution;

import io.burnish.contracts.job.Reason;

/** A job cannot start as things stand: it ends cancelled with this reason, nothing was touched. */
public final class JobRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    /** States why. */
    public JobRefusal(Reason reason) {
        super(reason.sentence(), null, false, false);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
