package io.burnish.lifecycle.plan;

import io.burnish.contracts.call.CommandRequest;
import java.util.List;

/**
 * What is wanted.
 *
 * @param message of the command; {@code null}: derived from the last job of the first object that changes (orchestration 9.2)
 * @param wants states to reach, each seeing what those before it will do
 * @param jobs jobs asked for by class, before the wants
 */
public record PlanRequest(String message, List<CommandRequest.Want> wants, List<CommandRequest.JobWant> jobs) {

    /** A request for states only. */
    public static PlanRequest states(CommandRequest.Want... wants) {
        return new PlanRequest(null, List.of(wants), List.of());
    }
}
