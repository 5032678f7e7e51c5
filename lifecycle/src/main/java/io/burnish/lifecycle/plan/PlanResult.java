package io.burnish.lifecycle.plan;

import io.burnish.contracts.job.Reason;

/** What became of a request. */
public sealed interface PlanResult {

    /** There is something to do, and the plan has been simulated to its end. */
    record Accepted(Plan plan) implements PlanResult {}

    /** Everything wanted holds already. */
    record Nothing() implements PlanResult {}

    /**
     * It cannot be done as things stand; nothing was changed.
     *
     * @param field where to report it: {@code state}, or the field of the request
     * @param reason the first unmet condition, the object, and what to do instead
     */
    record Refused(String field, Reason reason) implements PlanResult {}
}
