package io.burnish.gateway.proxy;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Cuts a transfer off whose client is too slow, so that nobody holds a connection to a service for long: one that passes fewer than
 * {@value #FEWEST} bytes in a window of time while it is the client's turn. Belongs to one event loop.
 */
final class PaceWatch {

    static final long FEWEST = 16 * 1024;

    private final Vertx vertx;
    private final Duration window;
    private final LongSupplier bytes;
    private final BooleanSupplier clientsTurn;
    private final Runnable cut;
    private long before;
    private long timer;
    private boolean stopped;

    private PaceWatch(Vertx vertx, Duration window, LongSupplier bytes, BooleanSupplier clientsTurn, Runnable cut) {
        this.vertx = vertx;
        this.window = window;
        this.bytes = bytes;
        this.clientsTurn = clientsTurn;
        this.cut = cut;
    }

    /**
     * Begins to watch.
     *
     * @param bytes that have passed so far
     * @param clientsTurn whether it is the client that the transfer waits for now
     * @param cut called once, unless the watch is stopped before
     */
    static PaceWatch start(
            Vertx vertx, Duration window, LongSupplier bytes, BooleanSupplier clientsTurn, Runnable cut) {
        PaceWatch watch = new PaceWatch(vertx, window, bytes, clientsTurn, cut);
        watch.next();
        return watch;
    }

    private void next() {
        before = bytes.getAsLong();
        timer = vertx.setTimer(window.toMillis(), fired -> look());
    }

    private void look() {
        if (stopped) {
            return;
        }
        if (bytes.getAsLong() - before < FEWEST && clientsTurn.getAsBoolean()) {
            stopped = true;
            cut.run();
        } else {
            next();
        }
    }

    void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }
}
