package io.burnish.benchmarks.lists;

import io.burnish.platform.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;

/**
 * Transactions that end all the time, as if somebody changed something: one a millisecond. They change no row, so every answer stays
 * what it is; but nobody can know that without reading again.
 */
final class Changes implements AutoCloseable {

    private static final long PAUSE_NANOS = 1_000_000;

    private final Connection connection;
    private final Thread thread;
    private volatile boolean ending;
    private volatile SQLException failure;

    private Changes(Connection connection) {
        this.connection = connection;
        this.thread = Thread.ofPlatform().name("changes").start(this::change);
    }

    static Changes begin(PostgresAddress postgres) throws SQLException {
        return new Changes(
                DriverManager.getConnection(postgres.jdbcUrl("host-service"), postgres.user(), postgres.password()));
    }

    private void change() {
        try (Statement statement = connection.createStatement()) {
            while (!ending) {
                statement.execute("SELECT pg_current_xact_id()");
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (SQLException e) {
            failure = e;
        }
    }

    /** @throws SQLException if a transaction has failed: then the database did not change all the time */
    @Override
    public void close() throws SQLException {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
        if (failure != null) {
            throw failure;
        }
    }
}
