package io.burnish.alert.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.burnish.alert.MailServer;
import io.burnish.alert.Scene;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.LogBatch;
import io.burnish.contracts.agent.LogBatch.Line;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.kit.security.Level;
import io.burnish.kit.security.Tokens;
import io.burnish.kit.sql.Database;
import io.burnish.platform.postgres.PostgresAddress;
import io.burnish.testsupport.PlatformTestResource;
import io.burnish.testsupport.TestPlatform;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Row;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /api/log/} (API contract, core 2.7) and what lies behind it: lines arrive once and in order, whatever fails meanwhile. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(MailServer.class)
class LogTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String jdbcUrl;

    @Inject
    Tokens tokens;

    @Inject
    Database database;

    @Inject
    MeterRegistry meters;

    private Scene scene;
    private long host;
    private long sequence;

    @BeforeEach
    void open() {
        scene = new Scene(kafka, tokens);
        host = Scene.id();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void tenThousandLinesArriveOnceAndInOrderThoughConnectionsBreakAndMessagesComeAgain() throws SQLException {
        List<LogBatch> batches = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 160; i++) {
            int first = i * 64;
            LogBatch batch = batch(IntStream.range(first, first + 64)
                    .mapToObj(number -> line("line " + number))
                    .toArray(Line[]::new));
            batches.add(batch);
            ids.add(scene.bus().publish(ServiceName.HOST, Topics.LOG_LINES, Long.toString(host), batch));
            if (i % 40 == 20) {
                breakConnections();
            }
        }
        for (int i = 0; i < batches.size(); i++) {
            scene.bus().again(ServiceName.HOST, Topics.LOG_LINES, Long.toString(host), batches.get(i), ids.get(i));
        }
        publish(line("last"));
        await().atMost(Scene.SOON).until(() -> messages().contains("last"));

        List<String> expected = new ArrayList<>(IntStream.range(0, 160 * 64)
                .mapToObj(number -> "line " + number)
                .toList());
        expected.add("last");
        assertThat(messages()).isEqualTo(expected);
        assertThat(number("SELECT lines FROM log_size")).isEqualTo(number("SELECT count(*) FROM log_line"));
    }

    @Test
    void oldestLinesGoWhenThereAreTooManyAndThereforeTheNumberIsKept() {
        publish(IntStream.range(0, 60).mapToObj(number -> line("old " + number)).toArray(Line[]::new));
        publish(line("young"));
        await().atMost(Scene.SOON).until(() -> messages().contains("young"));
        long present = number("SELECT count(*) FROM log_line");

        assertThat(new LogPruner(database, meters, present, 0).prune()).isZero();
        assertThat(new LogPruner(database, meters, present - 1, present - 30).prune())
                .isEqualTo(30);
        assertThat(new LogPruner(database, meters, present - 31, 5).prune()).isEqualTo(present - 35);
        assertThat(number("SELECT count(*) FROM log_line")).isEqualTo(5);
        assertThat(number("SELECT lines FROM log_size")).isEqualTo(5);
        assertThat(messages()).containsExactly("old 56", "old 57", "old 58", "old 59", "young");
    }

    @Test
    void linesAreFilteredOrderedAndShownByRight() {
        scene.seen(Scene.host(host, 1, true));
        publish(
                new Line(AT, 4, 0, "kernel", "Lustre: one"),
                new Line(AT.plusSeconds(1), 3, 0, "kernel", "LustreError: two"),
                new Line(AT.plusSeconds(2), 6, 3, "sshd", "three"),
                new Line(AT.plusSeconds(3), 6, 4, "posix-fs-1-0", "four", true),
                new Line(AT.plusSeconds(4), 3, 4, "posix-fs-1-0", "five", true));
        String mine = "/api/log/?limit=0&fqdn=h" + host;
        await().atMost(Scene.SOON).until(() -> scene.objects(mine).size() == 5);

        assertMessages(mine, "five", "four", "three", "LustreError: two", "Lustre: one");
        assertMessages(mine + "&order_by=datetime", "Lustre: one", "LustreError: two", "three", "four", "five");
        assertMessages(mine + "&message_class__in=LUSTRE&message_class__in=COPYTOOL_ERROR", "five", "Lustre: one");
        assertMessages(mine + "&message_class=COPYTOOL", "four");
        assertMessages(mine + "&tag=sshd", "three");
        assertMessages(mine + "&message__icontains=LUSTREe", "LustreError: two");
        assertMessages(mine + "&datetime__gte=2026-01-01T00:00:02&datetime__lt=2026-01-01T00:00:04Z", "four", "three");
        await().atMost(Scene.SOON)
                .untilAsserted(() -> assertMessages(
                        "/api/log/?limit=0&host_id=" + host,
                        "five",
                        "four",
                        "three",
                        "LustreError: two",
                        "Lustre: one"));
        scene.as(9, Level.USER)
                .get(mine)
                .then()
                .body("objects.message", contains("LustreError: two", "Lustre: one"))
                .body("objects[0].datetime", equalTo("2026-01-01T00:00:01+00:00"));
        scene.as(9, Level.FSADMIN).get(mine).then().body("objects.size()", equalTo(5));

        for (String bad : List.of("message_class=LOUD", "datetime__gte=yesterday", "severity=3", "host_id=x")) {
            scene.admin().get(mine + "&" + bad).then().statusCode(400);
        }
    }

    @Test
    void namesInALineAreLinksAsLongAsTheirObjectsExist() {
        long target = Scene.id();
        String name = "t" + target + "-OST0000";
        String address = "10.%d.%d.7".formatted(host / 200, host % 200);
        scene.seen(Scene.host(host, 1, true));
        scene.seen(new LnetFact(host, 1, "lnet_up", false, "lnet", host, List.of(new Nid(address, "tcp", 0))));
        scene.seen(Scene.target(target, 1, "mounted", host, host));
        publish(line("Lustre: from " + address + "@tcp to " + name + " and x-OST0000"));
        String mine = "/api/log/?fqdn=h" + host;
        await().atMost(Scene.SOON).untilAsserted(() -> scene.admin()
                .get(mine)
                .then()
                .body("objects[0].substitutions.label", contains("h" + host, name))
                .body("objects[0].substitutions.start", contains(13, 13 + address.length() + 8))
                .body("objects[0].substitutions[0].end", equalTo(13 + address.length() + 4))
                .body(
                        "objects[0].substitutions.resource_uri",
                        contains("/api/host/" + host + "/", "/api/target/" + target + "/")));

        scene.bus().publishRemoval(ObjectRef.target(target), 2);
        scene.asked(Scene.host(host, 2, "removed", true, false));
        await().atMost(Scene.SOON)
                .untilAsserted(() -> scene.admin().get(mine).then().body("objects[0].substitutions", empty()));
    }

    @Test
    void linesAreEventsOfTheirServer() {
        scene.seen(Scene.host(host, 1, true));
        await().atMost(Scene.SOON)
                .until(() -> number("SELECT count(*) FROM neighbour WHERE ref = 'host:" + host + "'") == 1);
        publish(
                connection(4711, "a"),
                connection(4712, "b"),
                line("Lustre: 4712:0:(sec.c:1) import x: select flavor krb5i"));
        publish(line("Lustre: 4711:0:(sec.c:1) import x: select flavor null"));
        publish(line("LustreError: 122-1: Can't start acceptor on port 988: port already in use"));
        scene.awaitEnded("/api/host/" + host + "/", "SyslogEvent");

        List<Map<String, Object>> events = scene.alerts("/api/host/" + host + "/", "ClientConnectEvent");
        assertThat(events)
                .extracting(event -> event.get("message"))
                .containsExactly(
                        "client b from 192.0.2.7@tcp connected to target fs-MDT0000 with security flavor krb5i",
                        "client a from 192.0.2.7@tcp connected to target fs-MDT0000 with security flavor null");
        assertThat(events.getLast())
                .containsEntry("lustre_pid", 4711)
                .containsEntry("severity", "INFO")
                .containsEntry("begin", "2026-01-01T00:00:00+00:00")
                .containsEntry("end", "2026-01-01T00:00:00+00:00");
    }

    @Test
    void badLineIsLeftOutAndTheOthersAreKept() {
        publish(
                line("good"),
                new Line(null, 3, 3, "x", "no time"),
                new Line(AT, 3, 3, null, "no\0tag"),
                new Line(AT, 3, 3, "x", null));
        await().atMost(Scene.SOON).until(() -> messages().size() == 2);
        assertThat(messages()).containsExactly("good", "no tag");
    }

    private static Line line(String text) {
        return new Line(AT, 6, 3, "test", text);
    }

    private static Line connection(int pid, String client) {
        return line(
                "Lustre: %d:0:(ldlm_lib.c:900:target_handle_connect()) fs-MDT0000: connection from %s@192.0.2.7@tcp t0"
                        .formatted(pid, client));
    }

    private LogBatch batch(Line... lines) {
        return new LogBatch(host, "h" + host, "epoch", ++sequence, List.of(lines));
    }

    private void publish(Line... lines) {
        scene.bus().publish(ServiceName.HOST, Topics.LOG_LINES, Long.toString(host), batch(lines));
    }

    private List<String> messages() {
        return database.transaction(tx -> {
            List<String> found = new ArrayList<>();
            for (Row row : tx.query("SELECT message FROM log_line WHERE fqdn = $1 ORDER BY at, id", "h" + host)) {
                found.add(row.getString(0));
            }
            return found;
        });
    }

    private void assertMessages(String path, String... expected) {
        assertThat(scene.objects(path))
                .extracting(line -> (String) line.get("message"))
                .containsExactly(expected);
    }

    private long number(String sql) {
        return database.transaction(tx -> tx.one(sql).getLong(0));
    }

    /** What the service sees of an administrator who ends all sessions, or of a server that goes down. */
    private void breakConnections() throws SQLException {
        PostgresAddress server = TestPlatform.postgres();
        try (Connection connection = DriverManager.getConnection(jdbcUrl, server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }
    }
}
