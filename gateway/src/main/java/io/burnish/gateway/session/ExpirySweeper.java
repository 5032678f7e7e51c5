package io.burnish.gateway.session;

import io.burnish.gateway.account.LoginLimits;
import io.burnish.gateway.apikey.ApiKeys;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Removes sessions, API keys and counts of failed log-ins that have ended by age. */
@ApplicationScoped
class ExpirySweeper {

    private static final Logger LOG = Logger.getLogger(ExpirySweeper.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final Sessions sessions;
    private final LoginLimits limits;
    private final ApiKeys keys;
    private volatile Thread thread;

    ExpirySweeper(Sessions sessions, LoginLimits limits, ApiKeys keys) {
        this.sessions = sessions;
        this.limits = limits;
        this.keys = keys;
    }

    void start(@Observes StartupEvent startup) {
        thread = Thread.ofVirtual().name("expiry-sweeper").start(this::sweepUntilInterrupted);
    }

    void stop(@Observes ShutdownEvent shutdown) {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void sweepUntilInterrupted() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(PAUSE);
                LOG.debugf(
                        "removed %d sessions, %d keys, %d counts of failures",
                        sessions.sweep(), keys.sweep(), limits.sweep());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf("removing what has ended by age failed, will be repeated: %s", e.getMessage());
            }
        }
    }
}
