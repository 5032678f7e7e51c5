package io.burnish.kit.execution;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.job.Dispatch;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code job_run}. */
@ApplicationScoped
class JobRunStore {

    private static final String COLUMNS =
            "dispatch::text AS dispatch, phase, steps::text AS steps, step_index, step_try, cancel_reason::text AS cancel_reason";

    private final StepCodec codec;

    JobRunStore(StepCodec codec) {
        this.codec = codec;
    }

    /**
     * Accepts an attempt of a job: true if it is new. A row of an earlier attempt is taken over, so that one job never runs twice at
     * a time.
     */
    boolean accept(Tx tx, Dispatch.RunJob job) {
        return tx.first(
                        """
                        INSERT INTO job_run AS r (job_id, attempt, phase, dispatch, subject)
                        VALUES ($1, $2, 'waiting', $3::text::jsonb, $4)
                        ON CONFLICT (job_id) DO UPDATE SET attempt = excluded.attempt, phase = 'waiting',
                            dispatch = excluded.dispatch, steps = NULL, step_index = 0, step_try = 1, cancel_reason = NULL,
                            outcome = NULL, due_at = NULL, finished_at = NULL
                        WHERE r.attempt < excluded.attempt AND r.phase = 'finished'
                        RETURNING job_id""",
                        job.jobId(),
                        job.attempt(),
                        ContractJson.text((Dispatch) job),
                        job.subject().toString())
                .isPresent();
    }

    /** Locks a job that has not finished. */
    Optional<JobRun> lock(Tx tx, long jobId) {
        return tx.first(
                        "SELECT " + COLUMNS + " FROM job_run WHERE job_id = $1 AND phase <> 'finished' FOR UPDATE",
                        jobId)
                .map(row -> JobRun.of(row, codec));
    }

    /** Ids of jobs that wait for knowledge of other objects, oldest first. */
    List<Long> waiting(Tx tx) {
        return ids(tx, "SELECT job_id FROM job_run WHERE phase = 'waiting' ORDER BY job_id LIMIT 500");
    }

    /** Ids of jobs with a timer that has expired; another instance skips those that this transaction holds. */
    List<Long> due(Tx tx) {
        return ids(tx, """
                SELECT job_id FROM job_run WHERE phase <> 'finished' AND due_at <= now()
                ORDER BY due_at LIMIT 100 FOR UPDATE SKIP LOCKED""");
    }

    void store(Tx tx, JobRun run, OffsetDateTime dueAt) {
        tx.update(
                """
                UPDATE job_run SET phase = $2, steps = $3::text::jsonb, step_index = $4, step_try = $5,
                    cancel_reason = $6::text::jsonb, due_at = $7
                WHERE job_id = $1""",
                run.jobId(),
                run.phase().stored(),
                codec.write(run.steps()),
                run.stepIndex(),
                run.stepTry(),
                run.cancelReason() == null ? null : ContractJson.text(run.cancelReason()),
                dueAt);
    }

    /** @param done the steps that need not be done again by a job that resumes this one */
    void finish(Tx tx, long jobId, String outcome, List<Step> done) {
        tx.update("""
                UPDATE job_run SET phase = 'finished', outcome = $2, due_at = NULL, steps = NULL, finished_at = now(),
                    done_steps = $3::text::jsonb
                WHERE job_id = $1""", jobId, outcome, done.isEmpty() ? null : codec.write(done));
    }

    /** The leading steps that a job which did not succeed had done. */
    List<Step> done(Tx tx, long jobId) {
        return tx.first("SELECT done_steps::text FROM job_run WHERE job_id = $1 AND done_steps IS NOT NULL", jobId)
                .map(row -> codec.read(row.getString(0)))
                .orElse(List.of());
    }

    /** Whether two steps are the same with the same arguments, as stored. */
    boolean same(Step one, Step other) {
        return codec.write(List.of(one)).equals(codec.write(List.of(other)));
    }

    private static List<Long> ids(Tx tx, String sql) {
        List<Long> ids = new ArrayList<>();
        for (Row row : tx.query(sql)) {
            ids.add(row.getLong(0));
        }
        return ids;
    }
}
