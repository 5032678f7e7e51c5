package io.burnish.host.hub;

import io.burnish.kit.sql.Database;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Tells whoever holds a server's connection that actions wait for it: another instance of the hub by a notification of the database.
 *
 * <p>Only a hint: every instance looks by itself every tick. Notifications are sent outside transactions and only while there are
 * other instances, for they would make commits wait for each other.
 */
@ApplicationScoped
class HubHints {

    private static final Logger LOG = Logger.getLogger(HubHints.class);
    private static final String CHANNEL = "burnish_hub";
    /** A payload has room for 8000 bytes. */
    private static final int MOST_HOSTS = 300;

    private final Pool pool;
    private final Connections connections;
    private final ActionDelivery delivery;
    private final AtomicBoolean listening = new AtomicBoolean();
    private volatile boolean others;

    HubHints(Pool pool, Connections connections, ActionDelivery delivery) {
        this.pool = pool;
        this.connections = connections;
        this.delivery = delivery;
    }

    /** Actions wait for these servers, wherever they are connected. Does not block. */
    void actionsWait(Set<Long> hosts) {
        Set<Long> here = hosts.stream()
                .filter(host -> connections.ofHost(host).isPresent())
                .collect(Collectors.toSet());
        deliverHere(here);
        if (others && hosts.size() > here.size()) {
            String payload = hosts.stream()
                    .filter(host -> !here.contains(host))
                    .limit(MOST_HOSTS)
                    .map(String::valueOf)
                    .collect(Collectors.joining(","));
            pool.preparedQuery("SELECT pg_notify($1, $2)")
                    .execute(Tuple.of(CHANNEL, payload))
                    .onFailure(failure -> LOG.debugf("hint not sent: %s", failure.getMessage()));
        }
    }

    private void deliverHere(Set<Long> hosts) {
        if (hosts.isEmpty()) {
            return;
        }
        Thread.ofVirtual()
                .name("hub-hint")
                .start(() -> hosts.forEach(host -> {
                    try {
                        delivery.deliverWaiting(host);
                    } catch (RuntimeException e) {
                        LOG.debugf("hint not followed, the next tick will do: %s", e.getMessage());
                    }
                }));
    }

    /** Whether there are other instances to tell; listens to them while there are. Blocks. */
    void otherInstances(boolean present) {
        others = present;
        if (present && listening.compareAndSet(false, true)) {
            try {
                listen();
            } catch (RuntimeException e) {
                listening.set(false);
                LOG.debugf("cannot listen for hints: %s", e.getMessage());
            }
        }
    }

    private void listen() {
        SqlConnection connection = Database.await(pool.getConnection());
        PgConnection listener = PgConnection.cast(connection);
        listener.notificationHandler(notification -> received(notification.getPayload()));
        listener.closeHandler(closed -> listening.set(false));
        Database.await(listener.query("LISTEN " + CHANNEL).execute());
    }

    private void received(String payload) {
        deliverHere(Stream.of(payload.split(","))
                .map(Long::valueOf)
                .filter(host -> connections.ofHost(host).isPresent())
                .collect(Collectors.toSet()));
    }
}
