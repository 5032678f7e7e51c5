package io.burnish.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.burnish.platform.app.PlatformProcess;
import io.burnish.platform.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    @TempDir
    Path folder;

    private final int port = Ports.free(1).getFirst();

    @Test
    void aServerKeepsItsPromisesOfDurabilityByDefault() throws Exception {
        try (PostgresServer server = PostgresServer.start(PostgresOptions.durable(folder, port))) {
            for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                assertThat(text(server.address(), "postgres", "SHOW " + setting))
                        .isEqualTo("on");
            }
        }
    }

    @Test
    void onlyWhoKnowsThePasswordComesIn() throws Exception {
        try (PostgresServer server = PostgresServer.start(PostgresOptions.throwAway(folder, port))) {
            PostgresAddress right = server.address();
            PostgresAddress wrong = new PostgresAddress(right.host(), right.port(), right.user(), "guess");

            assertThatThrownBy(() -> text(wrong, "postgres", "SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(Files.getPosixFilePermissions(folder.resolve("superuser.password")))
                    .hasSize(2);
            assertThat(right.toString()).doesNotContain(right.password());
        }
    }

    @Test
    void creatingADatabaseTwiceIsNoError() throws Exception {
        try (PostgresServer server = PostgresServer.start(PostgresOptions.throwAway(folder, port))) {
            server.createDatabase("host-service");
            server.createDatabase("host-service");

            assertThat(text(server.address(), "host-service", "SELECT current_database()"))
                    .isEqualTo("host-service");
            assertThatThrownBy(() -> server.createDatabase("a\"b")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void committedRowsSurviveAKillOfTheServer() throws Exception {
        PostgresServer first = PostgresServer.start(PostgresOptions.durable(folder, port));
        update(first.address(), "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n");
        first.process().destroyForcibly();

        try (PostgresServer second = PostgresServer.start(PostgresOptions.durable(folder, port))) {
            assertThat(text(second.address(), "postgres", "SELECT count(*) FROM kept"))
                    .isEqualTo("1000");
        }
    }

    @Test
    void theServerEndsWithAKilledParentAndItsDataServesTheNextStart() throws Exception {
        String[] arguments = {"postgres", "--data", folder.toString(), "--port", Integer.toString(port)};
        ProcessHandle orphan;
        try (PlatformProcess parent = PlatformProcess.start(arguments)) {
            orphan = parent.handle().children().findFirst().orElseThrow();
            update(address(), "CREATE TABLE kept AS SELECT 7 AS n");
        }

        // at once, while the old server may still be on its way out
        try (PlatformProcess next = PlatformProcess.start(arguments)) {
            await().atMost(Duration.ofSeconds(10)).until(() -> !orphan.isAlive());
            assertThat(text(address(), "postgres", "SELECT n FROM kept")).isEqualTo("7");
            assertThat(next.stop()).isEqualTo(143);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> Ports.isFree(port));
    }

    @Test
    void anotherProgramOnThePortIsAnErrorThatNamesThePort() throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> PostgresServer.start(PostgresOptions.throwAway(folder, taken.getLocalPort())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + port)
                    .hasMessageContaining("taken by another program");
        }
    }

    @Test
    void aSecondServerOnTheSameDataIsRefusedWithTheProcessOfTheFirst() throws Exception {
        try (PostgresServer first = PostgresServer.start(PostgresOptions.throwAway(folder, port))) {
            PostgresOptions again =
                    PostgresOptions.throwAway(folder, Ports.free(1).getFirst());

            assertThatThrownBy(() -> PostgresServer.start(again, PostgresIdentity.choose(), Duration.ofMillis(200)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("process id " + first.process().pid());
        }
    }

    @Test
    void aPidFileWhoseNumberNowBelongsToAnotherProgramIsNoObstacle() throws Exception {
        PostgresServer killed = PostgresServer.start(PostgresOptions.throwAway(folder, port));
        killed.close();
        Files.writeString(
                folder.resolve("data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("data") + "\n1\n" + port + "\n\n127.0.0.1\n\n"
                        + "ready\n");

        try (PostgresServer server = PostgresServer.start(PostgresOptions.throwAway(folder, port))) {
            assertThat(text(server.address(), "postgres", "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void anInitialisationThatWasCutShortStartsAgain() throws Exception {
        Files.createDirectories(folder.resolve("data.partial/base"));
        Files.writeString(folder.resolve("data.partial/PG_VERSION"), "17");

        try (PostgresServer server = PostgresServer.start(PostgresOptions.throwAway(folder, port))) {
            assertThat(text(server.address(), "postgres", "SELECT 1")).isEqualTo("1");
        }
    }

    private PostgresAddress address() throws IOException {
        return new PostgresAddress("127.0.0.1", port, "burnish", new ServerDirectory(folder).password());
    }

    static String text(PostgresAddress address, String database, String query) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(address.jdbcUrl(database), address.user(), address.password());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void update(PostgresAddress address, String statement) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(address.jdbcUrl("postgres"), address.user(), address.password());
                Statement change = connection.createStatement()) {
            change.executeUpdate(statement);
        }
    }
}
