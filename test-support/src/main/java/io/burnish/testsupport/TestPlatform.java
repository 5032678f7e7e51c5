package io.burnish.testsupport;

import io.burnish.platform.postgres.PostgresAddress;
import io.burnish.platform.postgres.PostgresOptions;
import io.burnish.platform.postgres.PostgresServer;
import io.burnish.platform.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;

/**
 * One real PostgreSQL and one real Kafka for all tests of this JVM, started when first asked for; both end with the JVM.
 *
 * <p>Quarkus loads test classes with several class loaders in one JVM. Addresses are therefore kept in system properties, which all of
 * them share: whoever comes first starts, the others find. The locks are string constants because those too are one for the JVM.
 */
public final class TestPlatform {

    private static final String POSTGRES = "burnish.test.postgres";
    private static final String KAFKA = "burnish.test.kafka";

    private TestPlatform() {}

    /** A PostgreSQL server with throw-away data. */
    public static PostgresAddress postgres() {
        Properties shared = System.getProperties();
        synchronized (POSTGRES) {
            if (shared.getProperty(POSTGRES + ".port") == null) {
                PostgresAddress started = startPostgres();
                shared.setProperty(POSTGRES + ".user", started.user());
                shared.setProperty(POSTGRES + ".password", started.password());
                shared.setProperty(POSTGRES + ".port", Integer.toString(started.port()));
            }
            return new PostgresAddress(
                    "127.0.0.1",
                    Integer.parseInt(shared.getProperty(POSTGRES + ".port")),
                    shared.getProperty(POSTGRES + ".user"),
                    shared.getProperty(POSTGRES + ".password"));
        }
    }

    /** The server of {@link #postgres()}, after making sure that it has that database. */
    public static PostgresAddress database(String name) {
        PostgresAddress server = postgres();
        try {
            server.createDatabase(name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the database " + name + " at " + server, e);
        }
        return server;
    }

    /** Bootstrap servers of a Kafka broker with Burnish's topics and throw-away data. */
    public static String kafka() {
        Properties shared = System.getProperties();
        synchronized (KAFKA) {
            String running = shared.getProperty(KAFKA);
            if (running == null) {
                running = startKafka();
                shared.setProperty(KAFKA, running);
            }
            return running;
        }
    }

    /** A folder for files of this JVM's tests; a later JVM removes it. */
    public static Path directory() {
        return TestFolder.ofThisProcess();
    }

    private static PostgresAddress startPostgres() {
        try {
            int port = Ports.free(1).getFirst();
            Path folder = directory().resolve("postgres");
            PostgresServer server = PostgresServer.start(PostgresOptions.throwAway(folder, port));
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                server.close();
                                TestFolder.delete(folder);
                            },
                            "stop-test-postgres"));
            return server.address();
        } catch (IOException e) {
            throw new UncheckedIOException("the tests' PostgreSQL did not start", e);
        }
    }

    private static String startKafka() {
        try {
            return KafkaChild.start(directory().resolve("kafka"));
        } catch (IOException e) {
            throw new UncheckedIOException("the tests' Kafka did not start", e);
        }
    }
}
