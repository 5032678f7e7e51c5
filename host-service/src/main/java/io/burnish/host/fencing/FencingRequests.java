package io.burnish.host.fencing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.kit.call.Commands;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.RegularWork;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Asks for the commands that wishes want, one for each server (orchestration 13.2). A wish waits until its server is managed and Pacemaker runs
 * there: before, there is no cluster that could be told. Its key makes a second request for the same wish harmless.
 */
@ApplicationScoped
class FencingRequests {

    private static final Logger LOG = Logger.getLogger(FencingRequests.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final String DUE = """
            UPDATE fencing_request r SET tries = tries + 1, next_try_at = now() + make_interval(secs => least(60, 5 * (tries + 1)))
            FROM host h, pacemaker_configuration p
            WHERE h.id = r.host_id AND p.host_id = r.host_id AND h.not_deleted AND h.state = 'managed' AND NOT h.immutable_state
                AND p.not_deleted AND p.state = 'started'
                AND r.host_id IN (SELECT host_id FROM fencing_request WHERE next_try_at <= now() FOR UPDATE SKIP LOCKED)
            RETURNING r.host_id, r.key, r.tries, p.id, h.fqdn""";

    private record Wish(long hostId, String key, int tries, long pacemakerId, String fqdn) {}

    private final Database database;
    private final Commands commands;
    private final RegularWork work = new RegularWork("fencing-requests", PAUSE, () -> due().forEach(this::request));

    FencingRequests(Database database, Commands commands) {
        this.database = database;
        this.commands = commands;
    }

    void start(@Observes StartupEvent startup) {
        work.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        work.stop();
    }

    private List<Wish> due() {
        return database.transaction(tx -> {
            List<Wish> wishes = new ArrayList<>();
            tx.query(DUE)
                    .forEach(row -> wishes.add(new Wish(
                            row.getLong(0), row.getString(1), row.getInteger(2), row.getLong(3), row.getString(4))));
            return wishes;
        });
    }

    private void request(Wish wish) {
        try {
            commands.request(new CommandRequest(
                    wish.key(),
                    "Configuring fencing agent on %s Pacemaker configuration".formatted(wish.fqdn()),
                    List.of(),
                    List.of(new CommandRequest.JobWant(
                            FencingJobs.JOB_CLASS,
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("pacemaker_configuration_id", wish.pacemakerId()))),
                    List.of(),
                    "power control"));
            // a newer wish has another key and stays
            database.run(tx -> tx.update(
                    "DELETE FROM fencing_request WHERE host_id = $1 AND key = $2", wish.hostId(), wish.key()));
        } catch (RuntimeException e) {
            if (wish.tries() == 1) {
                LOG.warnf(
                        "fencing of %s could not be asked for and will be asked for again: %s",
                        wish.fqdn(), e.getMessage());
            }
        }
    }
}
