package io.burnish.kit.execution;

import io.burnish.contracts.job.Reason;

/** A step cannot do what it promises; the job fails with this text. */
public final class StepFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason.Code code;
    private final String detail;

    /** A failure in the words for the user. */
    public StepFailure(String sentence) {
        this(Reason.Code.STEP_FAILED, sentence, "");
    }

    /** A failure with its kind and a text for a developer. */
    public StepFailure(Reason.Code code, String sentence, String detail) {
        super(sentence, null, false, false);
        this.code = code;
        this.detail = detail == null ? "" : detail;
    }

    /** Kind of the failure. */
    public Reason.Code code() {
        return code;
    }

    /** For a developer, for example the agent's stack trace; empty if there is nothing. */
    public String detail() {
        return detail;
    }
}
