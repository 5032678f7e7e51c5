package io.burnish.alert.mail;

import io.burnish.kit.sql.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Sends what is in the tables of mails, as long as the process lives. It is woken by whoever queues an alert, and wakes itself for what
 * is due later or was queued by another instance.
 */
@ApplicationScoped
class MailWorker {

    private static final Logger LOG = Logger.getLogger(MailWorker.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Database database;
    private final MailSettings settings;
    private final MailStore store;
    private final MailDelivery delivery;
    private final Semaphore work = new Semaphore(0);
    private volatile Thread thread;

    MailWorker(Database database, MailSettings settings, MailStore store, MailDelivery delivery) {
        this.database = database;
        this.settings = settings;
        this.store = store;
        this.delivery = delivery;
    }

    void start(@Observes StartupEvent startup) {
        if (settings.enabled()) {
            LOG.infof("mail about alerts goes to %s", settings.server());
            thread = Thread.ofVirtual().name("mail").start(this::workUntilInterrupted);
        }
    }

    void stop(@Observes ShutdownEvent shutdown) {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /** There may be something to do. Does not block. */
    void wake() {
        work.release();
    }

    private void workUntilInterrupted() {
        boolean failing = false;
        while (!Thread.currentThread().isInterrupted()) {
            Duration pause = LONGEST_PAUSE;
            try {
                pause = round();
                failing = false;
            } catch (RuntimeException e) {
                if (!failing && !Thread.currentThread().isInterrupted()) {
                    LOG.warnf("mails wait, will be looked at again: %s", e.getMessage());
                }
                failing = true;
            }
            try {
                work.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                work.drainPermits();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Does everything that is due; returns how long there is nothing to do. */
    private Duration round() {
        database.run(tx -> store.compose(tx, settings.gather()));
        Optional<MailStore.Claimed> claimed = claim();
        while (claimed.isPresent()) {
            delivery.deliver(claimed.get());
            claimed = claim();
        }
        return database.transaction(tx -> store.untilNext(tx, settings.gather()))
                .filter(next -> next.compareTo(LONGEST_PAUSE) < 0)
                .orElse(LONGEST_PAUSE);
    }

    /** The lease ends after the attempt certainly has: nobody else sends the same mail meanwhile. */
    private Optional<MailStore.Claimed> claim() {
        return database.transaction(tx -> store.claim(tx, Postman.LIMIT.multipliedBy(2)));
    }
}
