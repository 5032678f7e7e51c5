package io.burnish.platform.app;

import io.burnish.platform.postgres.PostgresOptions;
import io.burnish.platform.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code platform postgres}: one PostgreSQL server with databases. */
@Command(name = "postgres", description = "Runs one PostgreSQL server.", mixinStandardHelpOptions = true)
final class PostgresCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The server's directory; the password of user 'burnish' is in superuser.password there.")
    private Path data;

    @Option(names = "--port", required = true, paramLabel = "N", description = "Port on 127.0.0.1.")
    private int port;

    @Option(
            names = "--databases",
            split = ",",
            paramLabel = "NAME",
            description = "Databases to create unless they exist.")
    private List<String> databases = List.of();

    @Option(names = "--throw-away", description = "The data need not survive a crash.")
    private boolean throwAway;

    @Override
    public Integer call() throws IOException, SQLException {
        PostgresServer server = PostgresServer.start(new PostgresOptions(data, port, !throwAway, System.out::println));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-postgres"));
        for (String database : databases) {
            server.createDatabase(database);
        }
        System.out.println("READY postgres 127.0.0.1:" + port);
        return server.onExit().join();
    }
}
