package io.burnish.filesystem.creation;

import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.RegularWork;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Looks for creations that nobody finishes any more. */
@ApplicationScoped
class AbandonedCreations {

    private static final Logger LOG = Logger.getLogger(AbandonedCreations.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Database database;
    private final Creation creation;
    private final Duration after;
    private final RegularWork work = new RegularWork("abandoned-creations", PAUSE, this::sweep);

    AbandonedCreations(
            Database database,
            Creation creation,
            @ConfigProperty(name = "burnish.filesystem.abandoned-after") Duration after) {
        this.database = database;
        this.creation = creation;
        this.after = after;
    }

    void start(@Observes StartupEvent startup) {
        work.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        work.stop();
    }

    /**
     * Finishes or undoes creations that nobody has finished in time.
     *
     * @throws RuntimeException if a service that is needed for one of them is away
     */
    void sweep() {
        record Abandoned(long id, String key, String name) {}
        List<Abandoned> found = database.transaction(tx -> {
            List<Abandoned> rows = new ArrayList<>();
            for (Row row : tx.query(
                    "SELECT id, creation_key, name FROM filesystem WHERE NOT visible AND created_at < now() - $1::text::interval",
                    after.toString())) {
                rows.add(new Abandoned(row.getLong(0), row.getString(1), row.getString(2)));
            }
            return rows;
        });
        RuntimeException failure = null;
        for (Abandoned one : found) {
            try {
                boolean completed = creation.settle(one.key(), one.id());
                LOG.infof(
                        "the creation of file system %s, which had been broken off, was %s",
                        one.name(), completed ? "completed" : "undone");
            } catch (RuntimeException e) {
                // one that cannot be settled yet keeps no other one waiting
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
