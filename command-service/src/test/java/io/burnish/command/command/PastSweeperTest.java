package io.burnish.command.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.Topics;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.Bus;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What ended long ago goes with all that is its own; what is younger, runs, or is shared stays. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
class PastSweeperTest {

    @Inject
    Database database;

    @Inject
    PastSweeper sweeper;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private long job(String state) {
        return database.transaction(tx -> {
            long id = tx.one("""
                            INSERT INTO job (id, class_name, subject, description, args, why, cancellable, state, unfinished_predecessors)
                            VALUES (nextval('job_id'), 'StopLNetJob', 'lnet_configuration:999999', 'd', '{}', '{}', true, $1, 0) RETURNING id""", state).getLong(0);
            tx.update(
                    "INSERT INTO job_lock (job_id, position, ref, content_type_id, write) VALUES ($1, 0, 'host:999999', 59, true)",
                    id);
            tx.update("""
                    INSERT INTO step (job_id, attempt, step_index, step_try, step_count, class_name, description, args)
                    VALUES ($1, 1, 0, 1, 1, 's', 'd', '{}')""", id);
            return id;
        });
    }

    private long command(boolean complete, int daysAgo, long... jobs) {
        return database.transaction(tx -> {
            long id = tx.one("""
                            INSERT INTO command (message, complete, finished_at)
                            VALUES ('m', $1, CASE WHEN $1 THEN now() - make_interval(days => $2) END) RETURNING id""", complete, daysAgo).getLong(0);
            tx.update("INSERT INTO command_key (key, command_id) VALUES ($1, $2)", "sweep-" + id, id);
            for (long job : jobs) {
                tx.update("INSERT INTO command_job (command_id, job_id) VALUES ($1, $2)", id, job);
            }
            return id;
        });
    }

    private boolean exists(String table, String column, long id) {
        return database.transaction(
                tx -> tx.first("SELECT 1 FROM %s WHERE %s = $1 LIMIT 1".formatted(table, column), id)
                        .isPresent());
    }

    @Test
    void onlyWhatEndedLongAgoGoes() {
        long gone = job("complete");
        long shared = job("complete");
        long young = job("complete");
        long running = job("tasked");
        database.transaction(tx -> tx.update(
                "INSERT INTO job_edge (before_id, after_id) VALUES ($1, $2), ($2, $3)", gone, shared, running));
        long old = command(true, 91, gone, shared);
        long joined = command(true, 1, shared, young);
        long unfinished = command(false, 0, running);

        try (Bus bus = new Bus(kafka, List.of(Topics.facts(ObjectType.COMMAND)))) {
            sweeper.sweepAll();
            assertThat(bus.await(Topics.facts(ObjectType.COMMAND), heard -> heard.key()
                                    .equals("command:" + old))
                            .value())
                    .isNull();
        }

        assertThat(exists("command", "id", old)).isFalse();
        assertThat(exists("command_key", "command_id", old)).isFalse();
        for (String table : List.of("job_lock", "step", "command_job")) {
            assertThat(exists(table, "job_id", gone)).as(table).isFalse();
            assertThat(exists(table, "job_id", shared)).as(table).isTrue();
            assertThat(exists(table, "job_id", running)).as(table).isTrue();
        }
        assertThat(exists("job", "id", gone)).isFalse();
        assertThat(exists("job_edge", "after_id", running)).isTrue();
        assertThat(exists("command", "id", joined)).isTrue();
        assertThat(exists("command", "id", unfinished)).isTrue();
    }
}
