package io.burnish.target.confparam;

import io.burnish.contracts.call.CommandRequest;
import io.burnish.kit.call.Commands;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.confparam.ParameterRequests;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Has parameters applied that nobody has asked a command for, or whose command failed: as soon as their MGS runs and nothing holds it (API
 * contract, storage 25.5). One command per occasion, an occasion being a version or a change of a target's state: what keeps failing is
 * not tried in a circle.
 */
@ApplicationScoped
class ParameterPush {

    private static final Logger LOG = Logger.getLogger(ParameterPush.class);

    /** Fresh entries are left to the command of whoever wanted them. */
    private static final String DUE = """
            SELECT m.id, m.name, 'conf-params-' || m.id || '-' || m.conf_param_version || '-' || (
                SELECT (extract(epoch FROM max(t.state_modified_at)) * 1000000)::bigint FROM target t
                LEFT JOIN neighbour n ON n.ref = 'filesystem:' || t.filesystem_id
                WHERE t.not_deleted AND (t.id = m.id OR n.fact ->> 'mgtId' = m.id::text))
            FROM target m
            WHERE m.id IN (SELECT c.mgt_id FROM conf_param_applicable c WHERE c.recorded_at < now() - $1::text::interval)
                AND m.state = 'mounted' AND m.not_deleted AND m.visible
                AND NOT EXISTS (
                    SELECT 1 FROM neighbour_lock l WHERE l.ref = 'target:' || m.id
                        AND (cardinality(l.read_jobs) > 0 OR cardinality(l.write_jobs) > 0))
            ORDER BY m.id""";

    private final Database database;
    private final Commands commands;
    private final Duration after;
    /** The occasion of which an MGT's last command was asked for. */
    private final Map<Long, String> asked = new ConcurrentHashMap<>();

    private final RegularWork work;

    ParameterPush(
            Database database,
            Commands commands,
            @ConfigProperty(name = "burnish.target.parameters-after") Duration after) {
        this.database = database;
        this.commands = commands;
        this.after = after;
        work = new RegularWork("parameter-push", after, this::sweep);
    }

    /** Something has changed: have a look. */
    void wake() {
        work.wake();
    }

    void start(@Observes StartupEvent startup) {
        work.start();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        work.stop();
    }

    private record Due(long mgt, String name, String occasion) {}

    /** Asks for the commands that are due. */
    void sweep() {
        List<Due> due = database.transaction(tx -> {
            List<Due> found = new ArrayList<>();
            for (Row row : tx.query(DUE, after.toString())) {
                found.add(new Due(row.getLong(0), row.getString(1), row.getString(2)));
            }
            return found;
        });
        for (Due one : due) {
            if (!one.occasion().equals(asked.get(one.mgt()))) {
                ask(one);
                asked.put(one.mgt(), one.occasion());
            }
        }
    }

    private void ask(Due due) {
        try {
            commands.request(new CommandRequest(
                    due.occasion(),
                    "Updating configuration parameters on " + due.name(),
                    List.of(),
                    List.of(ParameterRequests.applyOn(due.mgt(), List.of())),
                    List.of(),
                    "burnish"));
        } catch (InternalClient.RefusedException e) {
            LOG.warnf(
                    "configuration parameters cannot be applied on %s: %s",
                    due.name(), e.refusal().message());
        }
    }
}
