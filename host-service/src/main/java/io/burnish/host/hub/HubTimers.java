package io.burnish.host.hub;

import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Every tick: this instance is alive; waiting actions are handed over; what is due ends. After its start an instance gives agents time
 * to come back before it declares anybody lost or unreachable.
 */
@ApplicationScoped
class HubTimers {

    private static final Logger LOG = Logger.getLogger(HubTimers.class);
    private static final int RECONCILE_TICKS = 10;
    private static final int SWEEP_TICKS = 60;
    private static final int SWEEP_AT_ONCE = 10_000;

    private final Database database;
    private final Connections connections;
    private final AgentSessions sessions;
    private final AgentCertificates certificates;
    private final ActionStore actions;
    private final StuckActions stuck;
    private final ActionDelivery delivery;
    private final HubHints hints;
    private final SessionOpening opening;
    private final HubSettings settings;
    private final long startedAt = System.nanoTime();
    private volatile Thread loop;
    private long tick;

    HubTimers(
            Database database,
            Connections connections,
            AgentSessions sessions,
            AgentCertificates certificates,
            ActionStore actions,
            StuckActions stuck,
            ActionDelivery delivery,
            HubHints hints,
            SessionOpening opening,
            HubSettings settings) {
        this.database = database;
        this.connections = connections;
        this.sessions = sessions;
        this.certificates = certificates;
        this.actions = actions;
        this.stuck = stuck;
        this.delivery = delivery;
        this.hints = hints;
        this.opening = opening;
        this.settings = settings;
    }

    void start(@Observes StartupEvent startup) {
        loop = Thread.ofVirtual().name("hub-timers").start(this::run);
    }

    void stop(@Observes ShutdownEvent shutdown) {
        Thread started = loop;
        if (started != null) {
            started.interrupt();
        }
    }

    private void run() {
        boolean complained = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                tick();
                complained = false;
                Thread.sleep(settings.tick());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!complained) {
                    complained = true;
                    LOG.warnf("the hub's timers wait: %s", e.getMessage());
                }
                pause();
            }
        }
    }

    private void tick() {
        tick++;
        hints.otherInstances(database.transaction(tx -> {
            sessions.beat(tx);
            return tx.one("SELECT count(*) > 1 FROM hub_instance").getBoolean(0);
        }));
        delivery.deliverWaiting(null);
        database.run(sessions::buryDeadInstances);
        if (System.nanoTime() - startedAt > settings.startGrace().toNanos()) {
            database.run(this::endWhatIsDue);
        }
        if (tick % RECONCILE_TICKS == 0) {
            reconcile();
        }
        if (tick % SWEEP_TICKS == 0) {
            database.run(tx -> actions.sweep(tx, settings.keepFinished().toSeconds(), SWEEP_AT_ONCE));
        }
    }

    private void endWhatIsDue(Tx tx) {
        sessions.loseSilent(tx, settings.contactTimeout());
        stuck.endUndeliverable(tx);
        stuck.endOverdue(tx);
    }

    /** Makes connections and table agree: what was replaced or revoked elsewhere ends here, what ended unnoticed ends there. */
    private void reconcile() {
        List<AgentConnection> mine = connections.all().stream()
                .filter(connection -> connection.hello().isPresent())
                .toList();
        Map<String, Long> held = database.transaction(sessions::held);
        List<String> revoked = database.transaction(tx -> certificates.revokedAmong(
                tx, mine.stream().map(AgentConnection::serial).toList()));
        for (AgentConnection connection : mine) {
            if (!held.containsKey(connection.sessionId()) || revoked.contains(connection.serial())) {
                connection.close("replaced or revoked");
                opening.close(connection);
            }
        }
        held.keySet().stream()
                .filter(session -> connections.ofSession(session).isEmpty())
                .forEach(session -> database.run(tx -> sessions.close(tx, session, java.time.Duration.ZERO)));
    }

    private void pause() {
        try {
            Thread.sleep(settings.tick());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
