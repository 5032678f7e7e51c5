package io.burnish.agent.config;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the agent needs of its server's profile (agent contract, 8.1).
 *
 * @param managed the manager configures the server; false: it only watches
 * @param worker a client or mover node: its storage is of no interest
 */
public record AgentProfile(boolean managed, boolean worker) {

    /** Before a profile is known: report everything, touch nothing. */
    public static final AgentProfile UNKNOWN = new AgentProfile(false, false);

    static AgentProfile of(JsonNode profile) {
        return new AgentProfile(
                profile.path("managed").asBoolean(), profile.path("worker").asBoolean());
    }
}
