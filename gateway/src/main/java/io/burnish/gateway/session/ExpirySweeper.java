package io.burnish.gateway.session;

import io.burnish.gateway.account.LoginLimits;
import io.burnish.gateway.apikey.ApiKeys;
import io.burnish.kit.sql.RegularWork;
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
    private final RegularWork work = new RegularWork("expiry-sweeper", PAUSE, this::sweep);

    ExpirySweeper(Sessions sessions, LoginLimits limits, ApiKeys keys) {
        this.sessions = sessions;
        this.limits = limits;
        this.keys = keys;
    }

    void start(@Observes StartupEvent startup) {
        work.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        work.stop();
    }

    private void sweep() {
        LOG.debugf(
                "removed %d sessions, %d keys, %d counts of failures", sessions.sweep(), keys.sweep(), limits.sweep());
    }
}
