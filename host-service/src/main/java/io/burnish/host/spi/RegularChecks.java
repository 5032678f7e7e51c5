package io.burnish.host.spi;

import io.burnish.kit.sql.RegularWork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Things outside that are asked again and again, each when it is due, several at a time. A due thing is claimed in the database by moving its
 * next time, so instances share the work; one that dies leaves what it had claimed to the next time.
 */
public final class RegularChecks {

    private static final Logger LOG = Logger.getLogger(RegularChecks.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final String name;
    private final int atATime;
    private final Claim claim;
    private final Check check;
    private final Map<Long, Thread> running = new ConcurrentHashMap<>();
    private final RegularWork work;

    /** Claims what is due. */
    @FunctionalInterface
    public interface Claim {
        /** Ids of at most that many things that are due and not busy; they are not due afterwards. */
        List<Long> due(Long[] busy, int most);
    }

    /** Asks one thing and stores what it says. */
    @FunctionalInterface
    public interface Check {
        void run(long id) throws InterruptedException;
    }

    /**
     * Checks that do not run yet.
     *
     * @param name for threads and the log
     */
    public RegularChecks(String name, int atATime, Claim claim, Check check) {
        this.name = name;
        this.atATime = atATime;
        this.claim = claim;
        this.check = check;
        work = new RegularWork(name, PAUSE, this::beginDue);
    }

    /** Begins. */
    public void start() {
        work.start();
    }

    /** Ends, also in the middle of checks. */
    public void stop() {
        work.stop();
        running.values().forEach(Thread::interrupt);
    }

    private void beginDue() {
        int free = atATime - running.size();
        if (free > 0) {
            claim.due(running.keySet().toArray(Long[]::new), free).forEach(this::begin);
        }
    }

    private void begin(long id) {
        Thread thread = Thread.ofVirtual().name(name + "-" + id).unstarted(() -> {
            try {
                check.run(id);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warnf("%s: what %d said was not stored: %s", name, id, e.getMessage());
            } finally {
                running.remove(id);
            }
        });
        running.put(id, thread);
        thread.start();
    }
}
