package io.burnish.kit.execution;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One step of a job: a record whose components are everything it needs, so that it can be stored and run again after a crash.
 *
 * <p>The type's simple name is its stable identity (see {@link #stepClass()}): renaming a step breaks jobs that are running during
 * an update.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
public interface Step {

    /** Class name as shown in {@code /api/step/}. */
    default String stepClass() {
        return getClass().getSimpleName();
    }

    /** One line for the user (orchestration 11). */
    String description();

    /** Arguments for display. Never a secret. */
    ObjectNode args();

    /** Whether the step may simply be run again after a failure (orchestration 4.11). */
    default boolean idempotent() {
        return true;
    }

    /**
     * Whether what it did stays done, so that a later job which resumes this one need not do it again. A step that only looks, or whose
     * result the next one needs fresh, does not last: it is done again, and everything after it.
     */
    default boolean lasting() {
        return false;
    }

    /**
     * Does the step and returns its value ({@code null} for none).
     *
     * <p>The code is run again from its start whenever an answer arrives, until it returns or throws {@link StepFailure}: calls that
     * were answered return at once, the first one that was not ends the run. So it must be deterministic, given the answers, and
     * touch nothing but the script.
     */
    JsonNode run(StepScript script);
}
