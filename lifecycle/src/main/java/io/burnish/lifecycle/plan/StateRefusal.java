package io.burnish.lifecycle.plan;

import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.ObjectRef;

/** Ends planning: the request is refused. Never leaves the planner. */
public final class StateRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final transient Reason reason;

    StateRefusal(String field, Reason reason) {
        super(reason.sentence(), null, false, false);
        this.field = field;
        this.reason = reason;
    }

    /** A refusal of a wanted state. */
    public static StateRefusal of(Reason.Code code, ObjectRef object, String sentence) {
        return new StateRefusal("state", Reason.of(code, object, sentence));
    }

    PlanResult.Refused result() {
        return new PlanResult.Refused(field, reason);
    }
}
