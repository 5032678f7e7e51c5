package io.burnish.contracts.call;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.burnish.contracts.model.ObjectRef;
import java.util.List;

/** {@code POST /internal/dry-runs} of the command service: what a state change would do. Changes nothing. */
public record DryRun(ObjectRef object, String state) {

    /**
     * The consequences, in the legacy wire form (API contract, core 1.14), which has null where there is nothing.
     *
     * @param transitionJob the last job for the object; {@code null} if it already has the state
     * @param dependencyJobs everything else that would run, in plan order
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Report(
            @JsonProperty("transition_job") Job transitionJob,
            @JsonProperty("dependency_jobs") List<Job> dependencyJobs) {}

    /**
     * A job of the report.
     *
     * @param confirmationPrompt to show before the change is made; {@code null}: none
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Job(
            @JsonProperty("class") String className,
            String description,
            @JsonProperty("requires_confirmation") boolean requiresConfirmation,
            @JsonProperty("confirmation_prompt") String confirmationPrompt,
            @JsonProperty("stateful_object_id") long objectId,
            @JsonProperty("stateful_object_content_type_id") int contentTypeId) {}
}
