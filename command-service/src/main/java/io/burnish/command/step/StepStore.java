package io.burnish.command.step;

import io.burnish.contracts.job.JobEvent;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The tables {@code step} and {@code step_console}. Every write may come again and changes nothing then. */
@ApplicationScoped
public class StepStore {

    private static final String STARTED = """
            INSERT INTO step (job_id, attempt, step_index, step_try, step_count, class_name, description, args, created_at,
                modified_at)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8::text::jsonb, $9, $9 WHERE EXISTS (SELECT 1 FROM job WHERE id = $1)
            ON CONFLICT DO NOTHING""";

    private static final String CONSOLE = """
            INSERT INTO step_console (job_id, attempt, step_index, step_try, call, sequence, text)
            SELECT $1, $2, $3, $4, $5, $6, $7 WHERE EXISTS (
                SELECT 1 FROM step WHERE job_id = $1 AND attempt = $2 AND step_index = $3 AND step_try = $4
                    AND state = 'incomplete')
            ON CONFLICT DO NOTHING""";

    private static final String FINISHED = """
            WITH output AS (
                DELETE FROM step_console WHERE job_id = $1 AND attempt = $2 AND step_index = $3 AND step_try = $4)
            UPDATE step SET state = $5, log = $6, console = $7, backtrace = $8, result = $9, modified_at = $10
            WHERE job_id = $1 AND attempt = $2 AND step_index = $3 AND step_try = $4 AND state = 'incomplete'""";

    /** Applies the progress of steps, in order. */
    public void apply(Tx tx, List<JobEvent> events) {
        List<Tuple> started = new ArrayList<>();
        List<Tuple> console = new ArrayList<>();
        List<Tuple> finished = new ArrayList<>();
        for (JobEvent event : events) {
            switch (event) {
                case JobEvent.StepStarted step -> started.add(tuple(step));
                case JobEvent.StepConsole output -> console.add(tuple(output));
                case JobEvent.StepFinished step -> finished.add(tuple(step));
                case JobEvent.Started ignored -> {}
                case JobEvent.Finished ignored -> {}
            }
        }
        // the order of kinds is the order in which they can follow each other within a batch
        tx.batch(STARTED, started);
        tx.batch(CONSOLE, console);
        tx.batch(FINISHED, finished);
    }

    private static Tuple tuple(JobEvent.StepStarted step) {
        return Tuple.tuple()
                .addValue(step.jobId())
                .addValue(step.attempt())
                .addValue(step.stepIndex())
                .addValue(step.stepTry())
                .addValue(step.stepCount())
                .addValue(step.stepClass())
                .addValue(step.description())
                .addValue(step.args().toString())
                .addValue(time(step.at()));
    }

    private static Tuple tuple(JobEvent.StepConsole output) {
        return Tuple.tuple()
                .addValue(output.jobId())
                .addValue(output.attempt())
                .addValue(output.stepIndex())
                .addValue(output.stepTry())
                .addValue(output.call())
                .addValue(output.sequence())
                .addValue(printable(output.text()));
    }

    private static Tuple tuple(JobEvent.StepFinished step) {
        return Tuple.tuple()
                .addValue(step.jobId())
                .addValue(step.attempt())
                .addValue(step.stepIndex())
                .addValue(step.stepTry())
                .addValue(step.success() ? "success" : "failed")
                .addValue(printable(step.log()))
                .addValue(printable(step.console()))
                .addValue(printable(step.backtrace()))
                .addValue(
                        step.result() == null || step.result().isNull()
                                ? ""
                                : printable(step.result().toString()))
                .addValue(time(step.at()));
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    /** PostgreSQL text holds no NUL. */
    private static String printable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', ' ');
    }
}
