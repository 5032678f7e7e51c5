package io.burnish.host.hub;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Pings agents and ends connections that have been silent for the contact timeout. Needs no database. */
@ApplicationScoped
class ConnectionKeeper {

    private static final Logger LOG = Logger.getLogger(ConnectionKeeper.class);

    private final Connections connections;
    private final SessionOpening sessions;
    private final HubSettings settings;
    private volatile Thread loop;

    ConnectionKeeper(Connections connections, SessionOpening sessions, HubSettings settings) {
        this.connections = connections;
        this.sessions = sessions;
        this.settings = settings;
    }

    void start(@Observes StartupEvent startup) {
        loop = Thread.ofVirtual().name("hub-keeper").start(this::keep);
    }

    void stop(@Observes ShutdownEvent shutdown) {
        Thread started = loop;
        if (started != null) {
            started.interrupt();
        }
    }

    private void keep() {
        Duration pause = settings.heartbeat().dividedBy(4);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(pause);
                connections.all().forEach(this::look);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf(e, "looking after connections failed, will be repeated");
            }
        }
    }

    private void look(AgentConnection connection) {
        if (connection.silence().compareTo(settings.contactTimeout()) > 0) {
            LOG.infof(
                    "nothing was heard of %s for %d s",
                    connection, settings.contactTimeout().toSeconds());
            connection.close("nothing heard");
            Thread.ofVirtual().start(() -> sessions.close(connection));
        } else {
            connection.pingIfDue(settings.heartbeat());
        }
    }
}
