package io.burnish.contracts.fact;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Value of a fact topic.
 *
 * @param fact what services and the planner reason with
 * @param wire the object as the owner serves it in the API, relations as links: a neighbour that embeds the object in a response
 *     copies this and needs not know the owner's declaration; {@code null} for objects without a resource
 */
public record FactMessage(Fact fact, ObjectNode wire) {}
