package io.burnish.host.host;

import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.RegularWork;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Settles changes of profiles that were left behind by a crash or by a command service that did not answer. */
@ApplicationScoped
class ProfileChangeKeeper {

    private static final Logger LOG = Logger.getLogger(ProfileChangeKeeper.class);

    private final Database database;
    private final ProfileChanges changes;
    private final Duration age;
    private final RegularWork work;

    ProfileChangeKeeper(
            Database database,
            ProfileChanges changes,
            @ConfigProperty(name = "burnish.registration.settle-after") Duration age) {
        this.database = database;
        this.changes = changes;
        this.age = age;
        this.work = new RegularWork("profile-changes", age.dividedBy(2), this::settle);
    }

    void start(@Observes StartupEvent startup) {
        work.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        work.stop();
    }

    private void settle() {
        for (ProfileChange change : database.transaction(tx -> changes.leftBehind(tx, age))) {
            boolean stays = changes.settle(change);
            LOG.infof(
                    "the change of server %d to profile %s was %s after an interruption",
                    change.hostId(), change.profile(), stays ? "completed" : "undone");
        }
    }
}
