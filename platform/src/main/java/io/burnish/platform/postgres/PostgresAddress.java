package io.burnish.platform.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/** Where a PostgreSQL server is, and who may make databases there. */
public record PostgresAddress(String host, int port, String user, String password) {

    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    /** For example {@code jdbc:postgresql://127.0.0.1:5432/host-service}. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** For Vert.x and Quarkus, for example {@code vertx-reactive:postgresql://127.0.0.1:5432/host-service}. */
    public String reactiveUrl(String database) {
        return "vertx-reactive:postgresql://" + host + ":" + port + "/" + database;
    }

    /**
     * Creates a database unless it exists.
     *
     * @throws IllegalArgumentException unless the name is of lower-case letters, digits, {@code -} and {@code _}
     */
    public void createDatabase(String name) throws SQLException {
        if (!DATABASE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name for a database: it must match " + DATABASE_NAME);
        }
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), user, password);
                Statement statement = connection.createStatement()) {
            // the name cannot hold a quote, see DATABASE_NAME
            try (ResultSet found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.executeUpdate("CREATE DATABASE \"" + name + "\"");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
