package io.burnish.kit.sql;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Work that is repeated with pauses for as long as the service runs. A failure is logged, once until a turn succeeds again, and the next turn
 * comes nevertheless.
 */
public final class RegularWork {

    private static final Logger LOG = Logger.getLogger(RegularWork.class);

    private final String name;
    private final Duration pause;
    private final Runnable work;
    private final Semaphore wakes = new Semaphore(0);
    private volatile Thread thread;

    /**
     * Work that does not run yet.
     *
     * @param name for the thread and the log, for example {@code inbox-sweeper}
     * @param pause before each turn, also before the first
     */
    public RegularWork(String name, Duration pause, Runnable work) {
        this.name = name;
        this.pause = pause;
        this.work = work;
    }

    /** Begins, on a virtual thread. */
    public void start() {
        thread = Thread.ofVirtual().name(name).start(this::repeat);
    }

    /** Begins the next turn at once: there is something to do. */
    public void wake() {
        wakes.release();
    }

    /** Ends it, also in the middle of a turn. */
    public void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void repeat() {
        boolean failing = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (wakes.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakes.drainPermits();
                }
                work.run();
                failing = false;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!failing) {
                    failing = true;
                    LOG.warnf(e, "%s failed, will be repeated", name);
                }
            }
        }
    }
}
