package io.burnish.contracts.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.model.ObjectRef;
import java.util.List;

/**
 * {@code POST /internal/commands} of the command service: plan, persist and start a command.
 *
 * @param key idempotency key: the same key again gives the same command, whatever else the request says
 * @param message of the command; {@code null}: the description of the last job of the first want that changes something
 * @param wants states to reach
 * @param jobs jobs asked for by class
 * @param introduced snapshots of objects that the requester has just created and that the command service cannot know yet
 * @param actor who asks, for the audit and the reasons
 */
public record CommandRequest(
        String key, String message, List<Want> wants, List<JobWant> jobs, List<Fact> introduced, String actor) {

    /** An object and the state it shall reach. */
    public record Want(ObjectRef object, String state) {}

    /** A job by class, as in {@code POST /api/command/}. */
    public record JobWant(String className, ObjectNode args) {}
}
