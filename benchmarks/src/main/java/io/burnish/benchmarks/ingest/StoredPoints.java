package io.burnish.benchmarks.ingest;

import io.burnish.platform.postgres.PostgresAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The database of the metrics service: what it knows of servers, and how many readings it has. */
final class StoredPoints implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Readings that are in no chunk yet, and those in chunks: the second number of a chunk is their count. */
    private static final String COUNT = """
            SELECT (SELECT coalesce(sum(octet_length(readings) / 8), 0) FROM recent_sampling)
                + (SELECT coalesce(sum(CASE WHEN get_byte(points, 1) < 128 THEN get_byte(points, 1)
                    ELSE get_byte(points, 1) - 128 + 128 * get_byte(points, 2) END), 0) FROM chunk WHERE level = 0)""";

    private static final String BEHIND =
            "SELECT (SELECT count(*) FROM recent_sampling) + (SELECT count(*) FROM chunk WHERE unrolled AND start_at < "
                    + "extract(epoch FROM now() - interval '2 hours') * 1000)";

    private final Connection connection;

    StoredPoints(PostgresAddress postgres) throws SQLException {
        connection =
                DriverManager.getConnection(postgres.jdbcUrl("metrics-service"), postgres.user(), postgres.password());
    }

    /** Makes servers known. */
    void seed(int servers) throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                InputStream file = StoredPoints.class.getResourceAsStream("servers.sql")) {
            String sql = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            statement.execute(sql.replace(":servers", Integer.toString(servers)));
            statement.execute("ANALYZE neighbour");
        }
    }

    /** Readings that are stored. */
    long count() throws SQLException {
        return number(COUNT);
    }

    /** Waits until so many readings are stored, and returns how long that took. */
    Duration await(long points) throws SQLException, InterruptedException {
        long begin = System.nanoTime();
        while (count() < points) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IllegalStateException("only %d of %d readings were stored".formatted(count(), points));
            }
            Thread.sleep(500);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Waits until everything is in chunks, and hours that are over are rolled up. */
    void awaitRollUp() throws SQLException, InterruptedException {
        long begin = System.nanoTime();
        while (number(BEHIND) > 0) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IllegalStateException("not rolled up: " + number(BEHIND));
            }
            Thread.sleep(1_000);
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
