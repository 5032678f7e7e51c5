package io.burnish.host.hub;

import io.burnish.contracts.agent.FromAgent;
import io.burnish.contracts.agent.ToAgent;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The beginning and the end of sessions.
 *
 * <p>Beginning: the session is stored and announced in one transaction; then the agent is welcomed and gets everything unfinished. What it
 * knows and the hub does not want any more is cancelled. End: the table says that the session is over; outcomes that arrived
 * before are stored all the same.
 */
@ApplicationScoped
class SessionOpening {

    private static final Logger LOG = Logger.getLogger(SessionOpening.class);

    private final Database database;
    private final Connections connections;
    private final AgentSessions sessions;
    private final AgentCertificates certificates;
    private final ActionStore actions;
    private final ActionDelivery delivery;
    private final HubSettings settings;

    SessionOpening(
            Database database,
            Connections connections,
            AgentSessions sessions,
            AgentCertificates certificates,
            ActionStore actions,
            ActionDelivery delivery,
            HubSettings settings) {
        this.database = database;
        this.connections = connections;
        this.sessions = sessions;
        this.certificates = certificates;
        this.actions = actions;
        this.delivery = delivery;
        this.settings = settings;
    }

    /** Opens the session of an agent that has said hello. Blocks. */
    void open(AgentConnection connection, FromAgent.Hello hello) {
        // before the session is stored: whoever finds it in the table finds the connection
        connections.opening(connection);
        try {
            if (!store(connection, hello)) {
                connections.remove(connection);
                connection.close("certificate is not valid any more");
                return;
            }
        } catch (RuntimeException e) {
            LOG.warnf("%s was sent away, it will come again: %s", connection, e.getMessage());
            connections.remove(connection);
            connection.close("hub is not ready");
            return;
        }
        connection.greeted(hello);
        connections.opened(connection).ifPresent(this::replace);
        connection.welcome(settings.heartbeat());
        LOG.infof("%s connected, agent %s, epoch %s", connection, hello.agentVersion(), hello.agentEpoch());
        deliver(connection, hello);
        if (connection.closed()) {
            // the end came while the session was being stored, and was not noted
            connections.opening(connection);
            close(connection);
        }
    }

    private boolean store(AgentConnection connection, FromAgent.Hello hello) {
        return database.transaction(tx -> {
            if (!certificates.lockValid(tx, connection.serial())) {
                return false;
            }
            sessions.beat(tx);
            sessions.open(tx, connection, hello);
            return true;
        });
    }

    private void deliver(AgentConnection connection, FromAgent.Hello hello) {
        try {
            delivery.deliverWaiting(connection.hostId());
            cancelUnwanted(connection, hello.knownActions());
        } catch (RuntimeException e) {
            LOG.debugf("actions of %s are left to the next tick: %s", connection, e.getMessage());
        }
    }

    /** What the agent still runs although the hub has told an outcome already must end. */
    private void cancelUnwanted(AgentConnection connection, List<String> known) {
        if (known == null || known.isEmpty()) {
            return;
        }
        Set<String> wanted = database.transaction(tx -> actions.unfinished(tx, connection.hostId(), known));
        known.stream().filter(id -> !wanted.contains(id)).forEach(id -> connection.send(new ToAgent.CancelAction(id)));
    }

    private void replace(AgentConnection old) {
        LOG.infof("%s has connected again, its older connection is closed", old);
        connections.remove(old);
        old.close("replaced by a newer connection");
    }

    /** The connection is gone; it was silent for that long before. Blocks. */
    void close(AgentConnection connection) {
        connection.markClosed();
        boolean current = connections.isPresent(connection);
        if (!connections.remove(connection)) {
            return;
        }
        if (current) {
            LOG.infof("%s disconnected", connection);
        }
        try {
            database.run(tx -> sessions.close(tx, connection.sessionId(), connection.silence()));
        } catch (RuntimeException e) {
            LOG.debugf("the end of a session is left to the next reconciliation: %s", e.getMessage());
        }
    }
}
