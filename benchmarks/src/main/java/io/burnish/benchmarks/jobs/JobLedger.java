package io.burnish.benchmarks.jobs;

import io.burnish.platform.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;

/**
 * Commands and jobs as the command-service has stored them: counted in its database, so that counting loads nothing that is measured.
 * Belongs to one thread.
 */
final class JobLedger implements AutoCloseable {

    private static final String OUTCOMES = """
            SELECT count(*) FILTER (WHERE NOT errored AND NOT cancelled), count(*) FILTER (WHERE errored OR cancelled)
            FROM job WHERE state = 'complete'""";
    private static final String FIRST_FAILURE = """
            SELECT description || ': ' || coalesce(reason ->> 'sentence', 'no reason') FROM job WHERE errored OR cancelled
            ORDER BY errored DESC, id LIMIT 1""";
    private static final String AT_OWNER = """
            SELECT extract(epoch FROM percentile_cont(?) WITHIN GROUP (ORDER BY ended - begun)) * 1000
            FROM (SELECT j.modified_at AS ended, min(s.created_at) AS begun FROM job j JOIN step s ON s.job_id = j.id
                WHERE j.state = 'complete' AND NOT j.errored AND NOT j.cancelled AND j.id > ? GROUP BY j.id) AS run""";

    private final Connection database;
    private final PreparedStatement incomplete;

    JobLedger(PostgresAddress postgres) throws SQLException {
        database =
                DriverManager.getConnection(postgres.jdbcUrl("command-service"), postgres.user(), postgres.password());
        incomplete = database.prepareStatement("SELECT count(*) FROM command WHERE NOT complete AND id = ANY (?)");
    }

    /**
     * Jobs that have ended.
     *
     * @param succeeded as they should
     * @param others failed or cancelled
     */
    record Outcomes(long succeeded, long others) {

        Outcomes minus(Outcomes earlier) {
            return new Outcomes(succeeded - earlier.succeeded, others - earlier.others);
        }
    }

    /** Until now. */
    Outcomes outcomes() throws SQLException {
        try (ResultSet found = database.createStatement().executeQuery(OUTCOMES)) {
            found.next();
            return new Outcomes(found.getLong(1), found.getLong(2));
        }
    }

    /** How many of these commands have not ended. */
    int incomplete(Collection<Long> commands) throws SQLException {
        incomplete.setArray(1, database.createArrayOf("bigint", commands.toArray()));
        try (ResultSet found = incomplete.executeQuery()) {
            found.next();
            return found.getInt(1);
        }
    }

    /** The newest job. */
    long newestJob() throws SQLException {
        try (ResultSet found = database.createStatement().executeQuery("SELECT coalesce(max(id), 0) FROM job")) {
            found.next();
            return found.getLong(1);
        }
    }

    /** Milliseconds from the begin of a job's first step to its end, a percentile over the jobs that are newer than one. */
    double runMillis(double percent, long newerThan) throws SQLException {
        try (PreparedStatement query = database.prepareStatement(AT_OWNER)) {
            query.setDouble(1, percent / 100);
            query.setLong(2, newerThan);
            try (ResultSet found = query.executeQuery()) {
                found.next();
                return found.getDouble(1);
            }
        }
    }

    /** What the first job that did not succeed is and why; empty if all did. */
    String firstFailure() throws SQLException {
        try (ResultSet found = database.createStatement().executeQuery(FIRST_FAILURE)) {
            return found.next() ? found.getString(1) : "";
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
