package io.burnish.standalone.suite;

import io.burnish.platform.postgres.PostgresOptions;
import io.burnish.platform.postgres.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * PostgreSQL with a database per service.
 *
 * @param options durable, so that a kill loses nothing
 */
record PostgresPart(PostgresOptions options, List<String> databases) implements Part {

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public Running start() throws IOException {
        PostgresServer server = PostgresServer.start(options);
        try {
            for (String database : databases) {
                server.createDatabase(database);
            }
        } catch (SQLException e) {
            server.close();
            throw new IOException("cannot create the databases: " + e.getMessage(), e);
        }
        return new RunningServer(server);
    }

    private record RunningServer(PostgresServer server) implements Running {

        @Override
        public ProcessHandle process() {
            return server.process();
        }

        @Override
        public CompletableFuture<Integer> onExit() {
            return server.onExit();
        }

        /** The server's own escalation takes over: fast, immediate, kill. */
        @Override
        public void stop(Duration patience) {
            server.close();
        }
    }
}
