package io.burnish.host.switching;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Whose turn it is to talk to a device: a unit takes one session at a time, and so does a BMC. First come, first served.
 *
 * <p>It holds within this process. Two instances of this service that talk to one unit at the same moment make one of them fail; what it does
 * next finds out.
 */
@ApplicationScoped
class OneAtATime {

    private final ConcurrentHashMap<String, Semaphore> doors = new ConcurrentHashMap<>();

    /** Work that talks to a device. */
    interface Work<T> {
        T run() throws InterruptedException;
    }

    /** Talks to a unit, or to one BMC of a device of BMCs. */
    <T> T with(Supply supply, Supply.Outlet outlet, Work<T> work) throws InterruptedException {
        String key = supply.ofBmcs() ? "bmc " + outlet.id() : "unit " + supply.id();
        Semaphore door = doors.computeIfAbsent(key, absent -> new Semaphore(1, true));
        door.acquire();
        try {
            return work.run();
        } finally {
            door.release();
        }
    }
}
