package io.burnish.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.config.ConfigStore.Section;
import io.burnish.agent.registration.Identity;
import io.burnish.agent.system.HostSystem;
import java.net.URI;
import java.util.Optional;

/**
 * What an agent needs to know to run.
 *
 * @param hubUrl {@code wss://…/agent/channel}
 * @param identity certificate and key of this server, and whom it believes
 * @param version reported to the manager
 * @param syncJournal each record of the action journal is forced to the disk; off only where a crash of the machine loses everything
 *     anyway
 */
public record AgentSettings(URI hubUrl, Identity identity, String version, AgentTimings timings, boolean syncJournal) {

    /** Settings for an agent with real timings and a durable journal, whose identity is in the state directory. */
    public static AgentSettings of(URI hubUrl, HostSystem host) {
        return new AgentSettings(
                hubUrl, new Identity(host.stateDirectory()), AgentVersion.current(), AgentTimings.real(), true);
    }

    /** The settings that the registration has left on a server; empty if it is not registered. */
    public static Optional<AgentSettings> registered(HostSystem host) {
        return new ConfigStore(host)
                .get(Section.SETTINGS, "server", JsonNode.class)
                .map(server -> of(URI.create(server.path("hub_url").asText()), host));
    }

    /** The same with other timings. */
    public AgentSettings with(AgentTimings other) {
        return new AgentSettings(hubUrl, identity, version, other, syncJournal);
    }

    /** The same with another kind of journal. */
    public AgentSettings withSyncJournal(boolean sync) {
        return new AgentSettings(hubUrl, identity, version, timings, sync);
    }
}
