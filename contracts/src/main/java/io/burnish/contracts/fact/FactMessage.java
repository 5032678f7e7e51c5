package io.burnish.contracts.fact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Value of a fact topic.
 *
 * @param fact what services and the planner reason with
 * @param wire the object as the owner serves it in the API, relations as links: a neighbour that embeds the object in a response
 *     copies this and needs not know the owner's declaration; {@code null} for objects without a resource
 * @param observed the change was seen from outside, nobody asked Burnish for it: a target found unmounted is an error, one that a
 *     user stopped is not
 */
public record FactMessage(
        Fact fact,
        ObjectNode wire,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean observed) {

    /** A change that somebody asked for. */
    public FactMessage(Fact fact, ObjectNode wire) {
        this(fact, wire, false);
    }
}
