package io.burnish.host.hub;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The agents that are connected to this instance of the hub. */
@ApplicationScoped
class Connections {

    private final String instance = UUID.randomUUID().toString();
    private final Map<String, AgentConnection> bySession = new ConcurrentHashMap<>();
    private final Map<Long, AgentConnection> byHost = new ConcurrentHashMap<>();

    /** Identity of this instance: another after each start. */
    String instance() {
        return instance;
    }

    /** A connection says who it is; from now on it is found by its session. */
    void opening(AgentConnection connection) {
        bySession.put(connection.sessionId(), connection);
    }

    /** The session is the server's present one; the one that it replaces is returned. */
    Optional<AgentConnection> opened(AgentConnection connection) {
        return Optional.ofNullable(byHost.put(connection.hostId(), connection)).filter(old -> old != connection);
    }

    /** The connection is gone; whether it had a session. */
    boolean remove(AgentConnection connection) {
        byHost.remove(connection.hostId(), connection);
        return bySession.remove(connection.sessionId(), connection);
    }

    Optional<AgentConnection> ofHost(long hostId) {
        return Optional.ofNullable(byHost.get(hostId));
    }

    Optional<AgentConnection> ofSession(String sessionId) {
        return Optional.ofNullable(bySession.get(sessionId));
    }

    boolean isPresent(AgentConnection connection) {
        return byHost.get(connection.hostId()) == connection;
    }

    Collection<AgentConnection> all() {
        return bySession.values();
    }
}
