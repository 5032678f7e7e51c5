package io.burnish.platform.postgres;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How to run a PostgreSQL server.
 *
 * @param directory belongs to the server alone; created if missing; holds the data and the superuser's password (mode 600)
 * @param port on 127.0.0.1
 * @param durable false only for data that is thrown away: a crash then may leave a server that does not start
 * @param log receives each line that the server prints, on a thread of its own
 */
public record PostgresOptions(Path directory, int port, boolean durable, Consumer<String> log) {

    public PostgresOptions {
        directory = directory.toAbsolutePath().normalize();
        Objects.requireNonNull(log, "log");
    }

    /** Data that is kept: nothing committed is ever lost. */
    public static PostgresOptions durable(Path directory, int port) {
        return new PostgresOptions(directory, port, true, line -> {});
    }

    /** Data for a test: fast, lost with the machine. */
    public static PostgresOptions throwAway(Path directory, int port) {
        return new PostgresOptions(directory, port, false, line -> {});
    }

    /** The same, with another receiver of what the server prints. */
    public PostgresOptions withLog(Consumer<String> receiver) {
        return new PostgresOptions(directory, port, durable, receiver);
    }
}
