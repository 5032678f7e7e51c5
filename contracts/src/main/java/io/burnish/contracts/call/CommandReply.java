package io.burnish.contracts.call;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Answer to a {@link CommandRequest}.
 *
 * @param commandId {@code null} if everything wanted holds already: there is nothing to do
 * @param command the command as served in the API; {@code null} with {@code commandId}
 */
public record CommandReply(Long commandId, ObjectNode command) {}
