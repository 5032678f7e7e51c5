package io.burnish.kit.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables {@code step_call} and {@code step_mutex}. */
@ApplicationScoped
class StepCallStore {

    /** Calls of a job's present step, by place. */
    Map<String, StepCall> of(Tx tx, JobRun run) {
        Map<String, StepCall> calls = new LinkedHashMap<>();
        for (Row row : tx.query("""
                SELECT call, kind, host_id, name, request::text AS request, outcome::text AS outcome
                FROM step_call WHERE job_id = $1""", run.jobId())) {
            calls.put(
                    row.getString("call"),
                    new StepCall(
                            row.getString("call"),
                            StepCall.Kind.of(row.getString("kind")),
                            row.getLong("host_id"),
                            row.getString("name"),
                            ContractJson.read(row.getString("request"), ObjectNode.class),
                            null,
                            row.getString("outcome") == null
                                    ? null
                                    : ContractJson.read(row.getString("outcome"), JsonNode.class)));
        }
        return calls;
    }

    void add(Tx tx, JobRun run, StepCall call, OffsetDateTime dueAt) {
        tx.update(
                """
                INSERT INTO step_call (id, job_id, call, kind, host_id, name, request, outcome, due_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8::text::jsonb, $9)""",
                run.callPrefix() + call.call(),
                run.jobId(),
                call.call(),
                call.kind().stored(),
                call.hostId(),
                call.name(),
                call.request().toString(),
                call.outcome() == null ? null : call.outcome().toString(),
                dueAt);
    }

    /** Records the answer to a call that has none; returns the job whose call it is. Repeated answers change nothing. */
    Optional<Long> answer(Tx tx, String callId, JsonNode outcome) {
        return tx.first("""
                        UPDATE step_call SET outcome = $2::text::jsonb, due_at = NULL
                        WHERE id = $1 AND outcome IS NULL RETURNING job_id""", callId, outcome.toString()).map(row -> row.getLong(0));
    }

    /** Answers all waits for another life of a server's agent; returns the jobs that go on. */
    List<Long> answerSessions(Tx tx, long hostId, StepScript.Session session) {
        return jobs(tx.query("""
                UPDATE step_call SET outcome = $3::text::jsonb, due_at = NULL
                WHERE host_id = $1 AND kind = 'session' AND outcome IS NULL
                    AND (request ->> 'notEpoch') IS DISTINCT FROM $2
                RETURNING job_id""", hostId, session.agentEpoch(), ContractJson.text(session)));
    }

    /** Answers the expired waits of a job. */
    void expire(Tx tx, long jobId) {
        tx.update("""
                UPDATE step_call SET outcome = '{"expired": true}', due_at = NULL
                WHERE job_id = $1 AND kind = 'session' AND outcome IS NULL AND due_at <= now()""", jobId);
    }

    /** Forgets the calls of a finished step. */
    void clear(Tx tx, long jobId) {
        tx.update("DELETE FROM step_call WHERE job_id = $1", jobId);
    }

    /** Takes a mutex for a job; true if the job holds it now. */
    boolean takeMutex(Tx tx, String name, long jobId) {
        return tx.first("""
                        INSERT INTO step_mutex AS m (name, job_id) VALUES ($1, $2)
                        ON CONFLICT (name) DO UPDATE SET job_id = m.job_id RETURNING job_id""", name, jobId).map(row -> row.getLong(0) == jobId).orElse(false);
    }

    /**
     * Releases a job's mutexes; returns jobs that wait for one of them, oldest first. Two statements: the first waits for whoever is
     * just finding the mutex taken, the second sees that it waits.
     */
    List<Long> releaseMutexes(Tx tx, long jobId) {
        List<String> released = new ArrayList<>();
        tx.query("DELETE FROM step_mutex WHERE job_id = $1 RETURNING name", jobId)
                .forEach(row -> released.add(row.getString(0)));
        return released.isEmpty()
                ? List.of()
                : jobs(tx.query(
                        "SELECT job_id FROM step_call WHERE name = ANY ($1) AND kind = 'mutex' AND outcome IS NULL ORDER BY job_id",
                        (Object) released.toArray(String[]::new)));
    }

    /** An activity that nobody runs: to be run by this instance for as long as it renews the lease. */
    record Claimed(String callId, String name, ObjectNode request, long jobId) {}

    /** Claims activities without a living runner. */
    List<Claimed> claimActivities(Tx tx, int leaseSeconds) {
        List<Claimed> claimed = new ArrayList<>();
        for (Row row : tx.query("""
                UPDATE step_call SET lease_until = now() + make_interval(secs => $1)
                WHERE id IN (SELECT id FROM step_call
                    WHERE kind = 'activity' AND outcome IS NULL AND (lease_until IS NULL OR lease_until < now())
                    LIMIT 50 FOR UPDATE SKIP LOCKED)
                RETURNING id, name, request::text AS request, job_id""", (double) leaseSeconds)) {
            claimed.add(new Claimed(
                    row.getString("id"),
                    row.getString("name"),
                    ContractJson.read(row.getString("request"), ObjectNode.class),
                    row.getLong("job_id")));
        }
        return claimed;
    }

    /** Renews the leases of running activities; returns those that are still wanted. */
    List<String> renewLeases(Tx tx, List<String> callIds, int leaseSeconds) {
        List<String> wanted = new ArrayList<>();
        for (Row row : tx.query("""
                UPDATE step_call c SET lease_until = now() + make_interval(secs => $2)
                FROM job_run r
                WHERE c.id = ANY($1) AND c.outcome IS NULL AND r.job_id = c.job_id AND r.phase = 'running'
                RETURNING c.id""", callIds.toArray(String[]::new), (double) leaseSeconds)) {
            wanted.add(row.getString(0));
        }
        return wanted;
    }

    private static List<Long> jobs(Iterable<Row> rows) {
        List<Long> jobs = new ArrayList<>();
        for (Row row : rows) {
            jobs.add(row.getLong(0));
        }
        return jobs;
    }
}
