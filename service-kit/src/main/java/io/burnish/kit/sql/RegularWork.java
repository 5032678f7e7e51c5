package io.burnish.kit.sql;

import java.time.Duration;
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
                Thread.sleep(pause);
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
