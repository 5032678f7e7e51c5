package io.burnish.command.command;

import io.burnish.command.job.JobStore;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.fact.CommandFact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.kit.log.LogContext;
import io.burnish.kit.sql.Tx;
import io.burnish.lifecycle.plan.PlanRequest;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The tables {@code command}, {@code command_job} and {@code command_key}. */
@ApplicationScoped
public class CommandStore {

    private static final Logger LOG = Logger.getLogger(CommandStore.class);

    /** What is stored under an idempotency key; no command: the key is forbidden. */
    public record Keyed(Optional<Long> commandId) {}

    /** What a key led to, if it was used. */
    public Optional<Keyed> keyed(Tx tx, String key) {
        return tx.first("SELECT command_id FROM command_key WHERE key = $1", key)
                .map(row -> new Keyed(Optional.ofNullable(row.getLong(0))));
    }

    /** Stores what a key leads to; {@code null}: it is forbidden. */
    public void remember(Tx tx, String key, Long commandId) {
        tx.update("INSERT INTO command_key (key, command_id) VALUES ($1, $2)", key, commandId);
    }

    /** Creates a command with its jobs; without jobs it is complete at once. */
    public long create(Tx tx, String message, String actor, PlanRequest request, Collection<Long> jobIds) {
        String shortened = message.length() > 512 ? message.substring(0, 512) : message;
        long id = tx.one("""
                        INSERT INTO command (message, actor, unfinished_jobs, complete, finished_at, request)
                        VALUES ($1, $2, $3, $3 = 0, CASE WHEN $3 = 0 THEN now() END, $4::text::jsonb) RETURNING id""", shortened, actor, jobIds.size(), ContractJson.text(request))
                .getLong(0);
        tx.update(
                "INSERT INTO command_job (command_id, job_id) SELECT $1, * FROM unnest($2::bigint[])",
                id,
                jobIds.toArray(Long[]::new));
        publish(tx, List.of(id));
        return id;
    }

    /**
     * A command that may be asked for again.
     *
     * @param request {@code null} if it is not known any more
     */
    public record Past(boolean complete, boolean successful, PlanRequest request) {}

    /** A command, its row locked. */
    public Optional<Past> lock(Tx tx, long id) {
        return tx.first(
                        "SELECT complete, NOT errored AND NOT cancelled, request::text FROM command WHERE id = $1 FOR UPDATE",
                        id)
                .map(row -> new Past(
                        row.getBoolean(0),
                        row.getBoolean(1),
                        row.getString(2) == null ? null : ContractJson.read(row.getString(2), PlanRequest.class)));
    }

    /** Follows the ends of jobs: a command is complete when its last job is. */
    public void jobsEnded(Tx tx, Collection<JobStore.End> ends) {
        List<Long> changed = new ArrayList<>();
        for (Row row : tx.query(
                """
                WITH ended AS (
                    SELECT cj.command_id, count(*)::integer AS n, bool_or(e.errored) AS errored, bool_or(e.cancelled) AS cancelled
                    FROM unnest($1::bigint[], $2::boolean[], $3::boolean[]) AS e (id, errored, cancelled)
                    JOIN command_job cj ON cj.job_id = e.id GROUP BY cj.command_id)
                UPDATE command c SET unfinished_jobs = c.unfinished_jobs - ended.n, errored = c.errored OR ended.errored,
                    cancelled = c.cancelled OR ended.cancelled, complete = c.unfinished_jobs = ended.n,
                    finished_at = CASE WHEN c.unfinished_jobs = ended.n THEN now() END,
                    version = c.version + CASE WHEN c.unfinished_jobs = ended.n OR c.errored <> (c.errored OR ended.errored)
                        OR c.cancelled <> (c.cancelled OR ended.cancelled) THEN 1 ELSE 0 END
                FROM ended WHERE c.id = ended.command_id
                RETURNING c.id, c.complete OR ended.errored OR ended.cancelled""",
                ends.stream().map(JobStore.End::jobId).toArray(Long[]::new),
                ends.stream().map(JobStore.End::errored).toArray(Boolean[]::new),
                ends.stream().map(JobStore.End::cancelled).toArray(Boolean[]::new))) {
            if (row.getBoolean(1)) {
                changed.add(row.getLong(0));
            }
        }
        publish(tx, changed);
    }

    private static void publish(Tx tx, List<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        for (Row row : tx.query(
                "SELECT id, version, message, complete, errored, cancelled, created_at FROM command WHERE id = ANY ($1)",
                (Object) ids.toArray(Long[]::new))) {
            CommandFact command = new CommandFact(
                    row.getLong("id"),
                    row.getLong("version"),
                    row.getString("message"),
                    row.getBoolean("complete"),
                    row.getBoolean("errored"),
                    row.getBoolean("cancelled"),
                    row.getOffsetDateTime("created_at").toInstant());
            tx.publish(new FactMessage(command, null));
            tx.afterCommit(() -> LogContext.with(command.id(), null, () -> LOG.info(line(command))));
        }
    }

    private static String line(CommandFact command) {
        String what = command.message().lines().findFirst().orElse("");
        if (command.errored()) {
            return what + (command.complete() ? " failed" : ": a job failed");
        }
        if (command.cancelled()) {
            return what + (command.complete() ? " was cancelled" : ": a job was cancelled");
        }
        return what + (command.complete() ? " succeeded" : " accepted");
    }
}
