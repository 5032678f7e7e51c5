package io.burnish.command.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of jobs and what they wait for. Everything works on many jobs in one statement. */
@ApplicationScoped
public class JobStore {

    /** How a job ended; {@code reason} is {@code null} for success. */
    public record End(long jobId, boolean errored, boolean cancelled, Reason reason) {

        /** It succeeded. */
        public static End success(long jobId) {
            return new End(jobId, false, false, null);
        }
    }

    /** A job by id; its row is locked. */
    public Optional<JobRow> lock(Tx tx, long id) {
        return tx.first("SELECT " + JobRow.COLUMNS + " FROM job j WHERE j.id = $1 FOR UPDATE", id)
                .map(JobRow::of);
    }

    /** Those of the jobs that have not ended, with the attempt that is running. */
    public Map<Long, JobRow> running(Tx tx, Collection<Long> ids) {
        Map<Long, JobRow> found = new HashMap<>();
        for (Row row : tx.query(
                "SELECT " + JobRow.COLUMNS + " FROM job j WHERE j.id = ANY ($1) AND j.state = 'tasked'",
                (Object) ids.toArray(Long[]::new))) {
            JobRow job = JobRow.of(row);
            found.put(job.id(), job);
        }
        return found;
    }

    /** Marks jobs as ended. */
    public void end(Tx tx, Collection<End> ends) {
        tx.update(
                """
                UPDATE job j SET state = 'complete', errored = e.errored, cancelled = e.cancelled, reason = e.reason::jsonb,
                    modified_at = now()
                FROM unnest($1::bigint[], $2::boolean[], $3::boolean[], $4::text[]) AS e (id, errored, cancelled, reason)
                WHERE j.id = e.id""",
                ends.stream().map(End::jobId).toArray(Long[]::new),
                ends.stream().map(End::errored).toArray(Boolean[]::new),
                ends.stream().map(End::cancelled).toArray(Boolean[]::new),
                ends.stream()
                        .map(end -> end.reason() == null ? null : ContractJson.text(end.reason()))
                        .toArray(String[]::new));
        tx.update("UPDATE job_lock SET held = false WHERE job_id = ANY ($1)", (Object)
                ends.stream().map(End::jobId).toArray(Long[]::new));
    }

    /** Tells the successors of ended jobs; returns those that wait for nothing any more, ascending id. */
    public List<JobRow> release(Tx tx, Collection<Long> ended) {
        return rows(tx.query("""
                WITH freed AS (
                    SELECT after_id, count(*) AS n FROM job_edge WHERE before_id = ANY ($1) GROUP BY after_id),
                told AS (
                    UPDATE job j SET unfinished_predecessors = j.unfinished_predecessors - freed.n
                    FROM freed WHERE j.id = freed.after_id RETURNING j.*)
                SELECT %s FROM told j WHERE j.unfinished_predecessors = 0 AND j.state = 'pending' ORDER BY j.id""".formatted(JobRow.COLUMNS), (Object) ended.toArray(Long[]::new)));
    }

    /** Jobs by id, ascending. */
    public List<JobRow> find(Tx tx, Collection<Long> ids) {
        return rows(tx.query("SELECT " + JobRow.COLUMNS + " FROM job j WHERE j.id = ANY ($1) ORDER BY j.id", (Object)
                ids.toArray(Long[]::new)));
    }

    /** All jobs of a command with how they ended, ascending id. */
    public List<Ended> ofCommand(Tx tx, long commandId) {
        List<Ended> found = new ArrayList<>();
        for (Row row : tx.query(
                "SELECT " + JobRow.COLUMNS
                        + ", j.errored OR j.cancelled AS unsuccessful FROM command_job cj JOIN job j ON j.id = cj.job_id"
                        + " WHERE cj.command_id = $1 ORDER BY j.id",
                commandId)) {
            found.add(new Ended(JobRow.of(row), !row.getBoolean("unsuccessful")));
        }
        return found;
    }

    /** A job that has ended. */
    public record Ended(JobRow job, boolean succeeded) {

        /** Whether a job of that class with those arguments on that object is this one over again. */
        public boolean sameAs(String className, ObjectRef subject, ObjectNode args) {
            return job.className().equals(className)
                    && job.subject().equals(subject)
                    && job.args().equals(args);
        }
    }

    /** Notes which earlier jobs new ones resume; earlier by new id. */
    public void resume(Tx tx, Map<Long, Long> earlier) {
        tx.update(
                "UPDATE job j SET resumes = r.earlier FROM unnest($1::bigint[], $2::bigint[]) AS r (id, earlier) WHERE j.id = r.id",
                earlier.keySet().toArray(Long[]::new),
                earlier.values().toArray(Long[]::new));
    }

    /** Marks jobs as running. */
    public void tasked(Tx tx, Collection<Long> ids) {
        tx.update(
                "UPDATE job SET state = 'tasked', started_at = now(), modified_at = now() WHERE id = ANY ($1)",
                (Object) ids.toArray(Long[]::new));
    }

    /** Notes that a running job shall stop; false if that was asked for before. */
    public boolean requestCancel(Tx tx, long id, Reason reason) {
        return tx.update("""
                        UPDATE job SET cancel_requested = $2::text::jsonb, modified_at = now()
                        WHERE id = $1 AND cancel_requested IS NULL""", id, ContractJson.text(reason)) > 0;
    }

    /** A job that ended without success and that another one waited for. */
    public record Failed(long id, String description, String sentence) {}

    /** The job because of which a predecessor of this one did not succeed: the predecessor itself, or the first one in its chain. */
    public Optional<Failed> failedPredecessor(Tx tx, long id) {
        return tx.first("""
                        SELECT r.id, r.description, r.reason ->> 'sentence' FROM job_edge e JOIN job b ON b.id = e.before_id
                        JOIN job r ON r.id = CASE b.reason ->> 'code'
                            WHEN 'PREDECESSOR_FAILED' THEN (b.reason ->> 'jobId')::bigint ELSE b.id END
                        WHERE e.after_id = $1 AND (b.errored OR b.cancelled)
                        ORDER BY r.errored DESC, r.id LIMIT 1""", id).map(row -> new Failed(row.getLong(0), row.getString(1), row.getString(2)));
    }

    /** The oldest command of each job. */
    public Map<Long, List<Long>> commands(Tx tx, Collection<Long> ids) {
        Map<Long, List<Long>> found = new HashMap<>();
        for (Row row : tx.query(
                "SELECT job_id, array_agg(command_id ORDER BY command_id) FROM command_job WHERE job_id = ANY ($1) GROUP BY job_id",
                (Object) ids.toArray(Long[]::new))) {
            found.put(row.getLong(0), List.of(row.getArrayOfLongs(1)));
        }
        return found;
    }

    /**
     * How many seconds jobs of some classes usually took: the median of the last 50 that succeeded. A class without any is absent.
     */
    public Map<String, Double> usualSeconds(Tx tx, Collection<String> classes) {
        Map<String, Double> found = new HashMap<>();
        for (Row row : tx.query("""
                SELECT c.name, percentile_cont(0.5) WITHIN GROUP (ORDER BY j.seconds)
                FROM unnest($1::text[]) AS c (name), LATERAL (
                    SELECT extract(epoch FROM modified_at - started_at)::double precision AS seconds FROM job
                    WHERE class_name = c.name AND state = 'complete' AND NOT errored AND NOT cancelled
                        AND started_at IS NOT NULL ORDER BY id DESC LIMIT 50) j
                GROUP BY c.name""", (Object) classes.toArray(String[]::new))) {
            found.put(row.getString(0), row.getDouble(1));
        }
        return found;
    }

    /** A job as evidence: what it is, how far it is, why it ended. */
    public record Evidence(long id, String description, String state, String reason) {}

    /** Unfinished jobs that a job waits for. */
    public List<Evidence> awaited(Tx tx, long id) {
        return evidence(tx.query("""
                SELECT j.id, j.description, j.state, NULL FROM job_edge e JOIN job j ON j.id = e.before_id
                WHERE e.after_id = $1 AND j.state <> 'complete' ORDER BY j.id""", id));
    }

    /** The newest job that was to change an object, if it did not succeed. */
    public Optional<Evidence> lastFailure(Tx tx, ObjectRef object) {
        return evidence(tx.query("""
                SELECT id, description, state, reason ->> 'sentence' FROM (
                    SELECT * FROM job WHERE subject = $1 AND state = 'complete' ORDER BY id DESC LIMIT 1) j
                WHERE j.errored OR j.cancelled""", object.toString())).stream().findFirst();
    }

    private static List<Evidence> evidence(Iterable<Row> rows) {
        List<Evidence> found = new ArrayList<>();
        rows.forEach(row -> found.add(
                new Evidence(row.getLong(0), firstLine(row.getString(1)), row.getString(2), row.getString(3))));
        return found;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** Numbers of a sequence, ascending. */
    public List<Long> numbers(Tx tx, String sequence, int count) {
        List<Long> numbers = new ArrayList<>();
        for (Row row : tx.query("SELECT nextval($1::text::regclass) FROM generate_series(1, $2)", sequence, count)) {
            numbers.add(row.getLong(0));
        }
        return numbers;
    }

    private static List<JobRow> rows(Iterable<Row> rows) {
        List<JobRow> jobs = new ArrayList<>();
        rows.forEach(row -> jobs.add(JobRow.of(row)));
        return jobs;
    }
}
