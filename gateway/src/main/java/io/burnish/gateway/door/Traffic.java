package io.burnish.gateway.door;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** How many requests are being answered, and whether new ones are let in. */
final class Traffic {

    private static final long LOOK_NANOS = 10_000_000;

    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean closed;

    boolean closed() {
        return closed;
    }

    void entered() {
        inside.incrementAndGet();
    }

    void left() {
        inside.decrementAndGet();
    }

    /** Lets nobody in any more and waits until everybody has left, but not longer than the limit. Returns how many are left. */
    int drain(Duration limit) {
        closed = true;
        long end = System.nanoTime() + limit.toNanos();
        while (inside.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return inside.get();
    }
}
