package io.burnish.benchmarks.put;

import io.burnish.platform.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** When commands ended, from the command-service's database: asking the API would only tell how often one asks. */
final class CommandEnds implements AutoCloseable {

    private final Connection database;
    private final PreparedStatement select;

    CommandEnds(PostgresAddress postgres) throws SQLException {
        database =
                DriverManager.getConnection(postgres.jdbcUrl("command-service"), postgres.user(), postgres.password());
        select = database.prepareStatement("SELECT finished_at FROM command WHERE id = ?");
    }

    /** When the transaction that ended it began. */
    Instant of(long command) throws SQLException {
        select.setLong(1, command);
        try (ResultSet found = select.executeQuery()) {
            found.next();
            return found.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
