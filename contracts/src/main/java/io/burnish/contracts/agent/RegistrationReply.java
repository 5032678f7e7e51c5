package io.burnish.contracts.agent;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Answer 201 to a {@link RegistrationRequest}.
 *
 * @param certificate PEM, signed by the manager's CA
 * @param hubUrl where the agent connects, {@code wss://…/agent/channel}
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RegistrationReply(long hostId, Long commandId, String certificate, String hubUrl) {}
