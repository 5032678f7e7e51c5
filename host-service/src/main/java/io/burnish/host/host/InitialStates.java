package io.burnish.host.host;

import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.fact.Fact;
import io.burnish.kit.call.Commands;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.RegularWork;
import io.burnish.kit.sql.Tx;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Commands to the initial state of a profile that a job has set. They can be planned only when the server has the profile, for what
 * belongs to it exists from then on: the job notes the wish in the transaction of its end, and the wish is kept until the command exists.
 */
@ApplicationScoped
public class InitialStates {

    private static final Logger LOG = Logger.getLogger(InitialStates.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final String DUE = """
        UPDATE initial_state_wish SET tries = tries + 1, next_try_at = now() + make_interval(secs => least(60, 5 * (tries + 1)))
        WHERE host_id IN (SELECT host_id FROM initial_state_wish WHERE next_try_at <= now() FOR UPDATE SKIP LOCKED)
        RETURNING host_id, key, state, actor\
        """;

    private final Database database;
    private final HostStore hosts;
    private final Commands commands;
    private final RegularWork work = new RegularWork("initial-states", PAUSE, this::ask);

    InitialStates(Database database, HostStore hosts, Commands commands) {
        this.database = database;
        this.hosts = hosts;
        this.commands = commands;
    }

    void start(@Observes StartupEvent startup) {
        work.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        work.stop();
    }

    /** A job has given a server its profile. */
    public void wish(Tx tx, long hostId, long jobId, SetProfile.Next next) {
        tx.update("""
                    INSERT INTO initial_state_wish (host_id, key, state, actor) VALUES ($1, $2, $3, $4)
                    ON CONFLICT (host_id) DO UPDATE SET key = excluded.key, state = excluded.state, actor = excluded.actor, tries = 0,
                        next_try_at = now()\
                    """, hostId, "profile-job-" + jobId, next.state(), next.actor());
    }

    private void ask() {
        RuntimeException failure = null;
        for (CommandRequest request : database.transaction(this::due)) {
            try {
                commands.request(request);
                forget(request.key());
            } catch (InternalClient.RefusedException e) {
                forget(request.key());
                LOG.warnf(
                        "%s has its new profile, but does not become %s: %s",
                        request.wants().getFirst().object(),
                        request.wants().getFirst().state(),
                        e.refusal().message());
            } catch (RuntimeException e) {
                // one that cannot be asked for yet keeps no other one waiting
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private List<CommandRequest> due(Tx tx) {
        List<CommandRequest> requests = new ArrayList<>();
        for (Row row : tx.query(DUE)) {
            long host = row.getLong(0);
            List<Fact> facts = hosts.facts(tx, host);
            if (facts.isEmpty()) {
                tx.update("DELETE FROM initial_state_wish WHERE host_id = $1", host);
            } else {
                requests.add(new CommandRequest(
                        row.getString(1),
                        null,
                        List.of(new CommandRequest.Want(HostStore.ref(host), row.getString(2))),
                        List.of(),
                        facts,
                        row.getString(3)));
            }
        }
        return requests;
    }

    private void forget(String key) {
        database.run(tx -> tx.update("DELETE FROM initial_state_wish WHERE key = $1", key));
    }
}
