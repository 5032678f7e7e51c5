package io.burnish.host.hub;

import io.burnish.contracts.agent.ToAgent;
import io.burnish.host.spi.HubAdministration;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What other features may ask of the hub. */
@ApplicationScoped
class Hub implements HubAdministration {

    private final Connections connections;
    private final AgentSessions sessions;
    private final AgentCertificates certificates;
    private final StuckActions stuck;

    Hub(Connections connections, AgentSessions sessions, AgentCertificates certificates, StuckActions stuck) {
        this.connections = connections;
        this.sessions = sessions;
        this.certificates = certificates;
        this.stuck = stuck;
    }

    @Override
    public void removeHost(Tx tx, long hostId) {
        certificates.revokeAll(tx, hostId);
        sessions.forget(tx, hostId);
        stuck.endAllOf(tx, hostId);
        // an instance elsewhere that holds the connection notices at its next reconciliation
        tx.afterCommit(() -> connections.ofHost(hostId).ifPresent(connection -> {
            connections.remove(connection);
            connection.close("the server was removed");
        }));
    }

    @Override
    public void requestReports(Tx tx, long hostId, List<String> plugins) {
        tx.afterCommit(() ->
                connections.ofHost(hostId).ifPresent(connection -> connection.send(new ToAgent.ReportFully(plugins))));
    }
}
