package io.burnish.benchmarks.lists;

import io.burnish.platform.postgres.PostgresAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Servers that were never set up: rows, written into the database of the host-service by {@code servers.sql}. Adding thousands of
 * servers is not what is measured here.
 */
final class HostSeed {

    private HostSeed() {}

    /** Writes servers with numbers from one to another; those below are there already. */
    static void write(PostgresAddress postgres, int from, int to) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        postgres.jdbcUrl("host-service"), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.execute(sql().replace(":from", Integer.toString(from)).replace(":to", Integer.toString(to)));
            statement.execute("COMMIT");
            // otherwise the planner learns of the rows in the middle of the measurement
            statement.execute("VACUUM ANALYZE");
        }
    }

    private static String sql() {
        try (InputStream file = HostSeed.class.getResourceAsStream("servers.sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
