package io.burnish.gateway.door;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The clients' connections of one event loop: not more than a number, and none for long on which no request is being answered. So who
 * opens connections and says nothing, or says it byte by byte, only takes the place of others like it.
 */
final class Connections {

    private static final long LOOK_MILLIS = 5_000;

    private final Map<HttpConnection, Use> uses = new IdentityHashMap<>();
    private final int most;
    private final Duration idle;

    /**
     * Watches the connections that {@link #opened} is told of.
     *
     * @param most when one more is opened, the one that has been idle longest is closed; if none is idle, the new one
     * @param idle how long a connection may be without a request whose head has arrived
     */
    Connections(Vertx vertx, int most, Duration idle) {
        this.most = most;
        this.idle = idle;
        vertx.setPeriodic(Math.min(LOOK_MILLIS, idle.toMillis()), timer -> closeIdle(System.nanoTime()));
    }

    private static final class Use {
        private int requests;
        private long idleSince = System.nanoTime();
    }

    void opened(HttpConnection connection) {
        if (uses.size() >= most && !closeLongestIdle()) {
            connection.close();
            return;
        }
        uses.put(connection, new Use());
        connection.closeHandler(closed -> uses.remove(connection));
    }

    /** A request has arrived; {@link #answered} follows once, however it ends. */
    void asked(HttpServerRequest request) {
        Use use = uses.get(request.connection());
        if (use != null) {
            use.requests++;
        }
    }

    void answered(HttpServerRequest request) {
        Use use = uses.get(request.connection());
        if (use != null) {
            use.requests--;
            use.idleSince = System.nanoTime();
        }
    }

    int size() {
        return uses.size();
    }

    private boolean closeLongestIdle() {
        long now = System.nanoTime();
        return uses.entrySet().stream()
                .filter(entry -> entry.getValue().requests == 0)
                .max(Comparator.comparingLong(entry -> now - entry.getValue().idleSince))
                .map(entry -> {
                    uses.remove(entry.getKey());
                    entry.getKey().close();
                    return true;
                })
                .orElse(false);
    }

    private void closeIdle(long now) {
        uses.entrySet().stream()
                .filter(entry -> entry.getValue().requests == 0 && now - entry.getValue().idleSince > idle.toNanos())
                .map(Map.Entry::getKey)
                .toList()
                .forEach(HttpConnection::close);
    }
}
