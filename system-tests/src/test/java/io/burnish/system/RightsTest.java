package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.standalone.client.ApiClient;
import io.burnish.standalone.client.ApiReply;
import io.burnish.standalone.client.TrustedAuthority;
import io.burnish.standalone.suite.AnotherGateway;
import io.burnish.system.Visitors.Visitor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Everybody may do what {@code rights.txt} says and nothing else, with a session and with a key. What is sent changes nothing: where the
 * caller may, it is no JSON; where it may not, the object does not exist.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTest {

    private static final String DETAIL = "{none}/";
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final Lab lab = Lab.open();
    private RightsTable table;
    private Visitors visitors;
    private AnotherGateway readable;
    private RawClients door;
    private RawClients readableDoor;
    private Map<String, String> fixtures;
    private final List<String> created = new ArrayList<>();
    /** Lines of the table whose method the URL has. */
    private final List<RightsTable.Row> served = new ArrayList<>();

    @BeforeAll
    void prepare() throws Exception {
        SSLContext trust = TrustedAuthority.context(lab.suite().authority());
        door = new RawClients(lab.suite().url(), trust, "127.0.0.1");
        readable = lab.suite().anotherGateway(Map.of("BURNISH_ANONYMOUS_READ", "true"));
        readableDoor = new RawClients(readable.url(), trust, "127.0.0.1");
        List<String> directory = new ArrayList<>();
        lab.client().get("/api/").orThrow("GET /api/").fieldNames().forEachRemaining(directory::add);
        table = RightsTable.read(directory);
        visitors = new Visitors(lab);
        served.addAll(table.served(door));
        fixtures = fixtures();
    }

    /** Objects of the administrator that others must not reach. */
    private Map<String, String> fixtures() {
        Map<String, String> ids = new HashMap<>();
        JsonNode key = lab.client()
                .post("/api/api_key/", Map.of("name", "foreign", "role", "filesystem_users"))
                .orThrow("a key");
        created.add(key.path("resource_uri").asText());
        ids.put("{foreign_key}", key.path("id").asText());
        JsonNode type = lab.objects("/api/alert_type/?limit=1").getFirst();
        ids.put("{alert_type}", type.path("id").asText());
        String admin = lab.client()
                .get("/api/session/")
                .orThrow("GET /api/session/")
                .path("user")
                .path("resource_uri")
                .asText();
        ids.put("{admin}", admin.replaceAll("\\D", ""));
        if (serves("POST", "/api/alert_subscription/")) {
            lab.client()
                    .post(
                            "/api/alert_subscription/",
                            Map.of(
                                    "user",
                                    admin,
                                    "alert_type",
                                    type.path("resource_uri").asText()))
                    .orThrow("a subscription");
            JsonNode subscription =
                    lab.objects("/api/alert_subscription/?limit=0").getLast();
            created.add(subscription.path("resource_uri").asText());
            ids.put("{foreign_subscription}", subscription.path("id").asText());
        }
        return ids;
    }

    @AfterAll
    void leave() {
        created.forEach(uri -> lab.client().delete(uri));
        visitors.close();
        readable.close();
    }

    /** A row as somebody sends it. */
    private record Cell(RightsTable.Row row, Visitor visitor, RawRequest request) {

        String expected() {
            return row.cell(visitor.column());
        }

        Optional<String> complaint(RawAnswer answer) {
            int status = answer.status();
            boolean as =
                    switch (expected()) {
                        case "yes" -> status < 500 && !Set.of(401, 403, 405).contains(status) && !answer.isUnknownUrl();
                        case "hidden" -> status == 401 || status == 404 && !answer.isUnknownUrl();
                        default -> status == Integer.parseInt(expected());
                    };
            return as
                    ? Optional.empty()
                    : Optional.of("%s: %s: expected %s, got %s".formatted(visitor.name(), request, expected(), answer));
        }
    }

    @Test
    void everyCellIsAnsweredAsTheTableSays() throws Exception {
        List<Cell> cells = new ArrayList<>();
        served.forEach(row -> visitors.all().forEach(visitor -> cells.add(cell(row, visitor))));
        assertThat(complaints(door, cells)).isEmpty();
    }

    @Test
    void whereAnonymousReadingIsSwitchedOnNobodyMayDoMoreThanRead() throws Exception {
        Visitor reader = Visitors.nobody(
                "anonymous with read enabled",
                RightsTable.Column.READER,
                new ApiClient(readable.url(), lab.suite().authority()));
        List<Cell> cells = served.stream().map(row -> cell(row, reader)).toList();
        assertThat(complaints(readableDoor, cells)).isEmpty();
    }

    private static List<String> complaints(RawClients clients, List<Cell> cells) throws Exception {
        List<String> complaints = Collections.synchronizedList(new ArrayList<>());
        clients.each(cells, (connection, cell) -> cell.complaint(connection.send(cell.request()))
                .ifPresent(complaints::add));
        return complaints;
    }

    private Cell cell(RightsTable.Row row, Visitor visitor) {
        RawRequest request = visitor.request(row.method(), filled(row.path(), visitor));
        if (row.method().equals("GET")) {
            return new Cell(row, visitor, request);
        }
        boolean may = row.cell(visitor.column()).equals("yes");
        String harmless = row.body().isEmpty() ? "{}" : filled(row.body(), visitor);
        return new Cell(row, visitor, request.json(may ? "{ this is no JSON" : harmless));
    }

    private String filled(String text, Visitor visitor) {
        String user = Long.toString(visitors.named("visiting-user").id());
        boolean isUser = visitor.username().equals("visiting-user");
        String filled = text.replace("{none}", RightsTable.NONE)
                .replace("{self}", visitor.id() == 0 ? user : Long.toString(visitor.id()))
                .replace("{username}", visitor.username())
                .replace("{other}", isUser ? fixtures.get("{admin}") : user);
        for (Map.Entry<String, String> fixture : fixtures.entrySet()) {
            filled = filled.replace(fixture.getKey(), fixture.getValue());
        }
        return filled;
    }

    @Test
    void methodsThatAreNotInTheTableAreRefusedForEverybody() throws Exception {
        List<Cell> cells = new ArrayList<>();
        List<Visitor> some = List.of(visitors.named("anonymous"), visitors.named("visiting-superuser"));
        for (String resource : resources()) {
            for (String tail : List.of("", DETAIL, "schema/", "set/" + DETAIL)) {
                Set<String> declared = table.methods(resource, tail);
                boolean form = tail.isEmpty() || tail.equals(DETAIL) || !declared.isEmpty();
                Stream.concat(METHODS.stream(), Stream.of("HEAD"))
                        .filter(method -> form && !declared.contains(method))
                        .map(method -> new RightsTable.Row(
                                method, "/api/" + resource + "/" + tail, Collections.nCopies(5, "405"), ""))
                        .forEach(row -> some.forEach(visitor -> cells.add(cell(row, visitor))));
            }
        }
        assertThat(complaints(door, cells)).isEmpty();
    }

    @Test
    void everyOperationOfTheTableIsServed() {
        assertThat(resources()).containsAll(directory());
        assertThat(table.rows().stream()
                        .filter(row -> !served.contains(row))
                        .map(row -> row.method() + " " + row.path()))
                .isEmpty();
    }

    @Test
    void everythingThatTheServicesDeclareIsInTheTable() {
        List<String> missing = new ArrayList<>();
        for (String resource : resources()) {
            ApiReply schema = lab.client().get("/api/" + resource + "/schema/");
            if (schema.status() == 200) {
                missing(resource, "", schema.body().path("allowed_list_http_methods"), missing);
                missing(resource, DETAIL, schema.body().path("allowed_detail_http_methods"), missing);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everythingThatOpenApiDescribesIsInTheTable() {
        JsonNode document = lab.client().get("/api/openapi.json").orThrow("GET /api/openapi.json");
        Set<String> described = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method.toUpperCase(Locale.ROOT))) {
                        described.add(method.toUpperCase(Locale.ROOT) + " " + RightsTable.template(path.getKey()));
                    }
                }));
        assertThat(described).hasSizeGreaterThan(100);
        described.removeAll(table.operations());
        described.removeIf(operation -> !operation.contains(" /api/"));
        assertThat(described).isEmpty();
    }

    private void missing(String resource, String tail, JsonNode declared, List<String> missing) {
        declared.forEach(method -> {
            String name = method.asText().toUpperCase(Locale.ROOT);
            if (!table.methods(resource, tail).contains(name)) {
                missing.add(name + " /api/" + resource + "/" + tail);
            }
        });
    }

    private Set<String> resources() {
        Set<String> names = new TreeSet<>();
        served.stream().filter(row -> !row.path().endsWith("/metric/")).forEach(row -> names.add(row.resource()));
        names.remove("");
        return names;
    }

    private boolean serves(String method, String path) {
        return served.stream()
                .anyMatch(row -> row.method().equals(method) && row.path().equals(path));
    }

    @Test
    void everyResourceOfTheDirectoryIsInTheTable() {
        assertThat(table.resources()).containsAll(directory());
    }

    private Set<String> directory() {
        Set<String> listed = new TreeSet<>();
        lab.client().get("/api/").orThrow("GET /api/").fieldNames().forEachRemaining(listed::add);
        return listed;
    }

    /** Core 1.17: without the token a session cannot POST, to whatever resource. */
    @Test
    void postOfASessionNeedsTheCsrfToken() throws Exception {
        Visitor superuser = visitors.named("visiting-superuser");
        String cookie = superuser.headers().getFirst();
        List<RawRequest> requests = new ArrayList<>();
        for (String resource : resources()) {
            if (serves("POST", "/api/" + resource + "/")) {
                RawRequest post =
                        RawRequest.of("POST", "/api/" + resource + "/").with(cookie);
                requests.add(post.json("{}"));
                requests.add(post.with("X-CSRFToken: wrong").json("{}"));
                requests.add(RawRequest.of("POST", "/api/" + resource + "/")
                        .with("X-CSRFToken: wrong")
                        .json("{}"));
            }
        }
        List<String> answers = Collections.synchronizedList(new ArrayList<>());
        door.each(requests, (connection, request) -> {
            RawAnswer answer = connection.send(request);
            if (answer.status() != 401 || answer.body().length > 0) {
                answers.add(request + ": " + answer);
            }
        });
        assertThat(answers).isEmpty();
    }

    /** Whatever fields somebody sends about itself, its rights are what they were. */
    @Test
    void nobodyRaisesItself() throws Exception {
        for (Visitor visitor : visitors.all()) {
            if (visitor.id() == 0 || visitor.column() == RightsTable.Column.SUPERUSER) {
                continue;
            }
            JsonNode self =
                    door.send(visitor.request("GET", "/api/session/")).json().path("user");
            ObjectNode greedy = self.deepCopy();
            for (String field : List.of("is_superuser", "is_staff", "superuser", "is_active", "active")) {
                greedy.put(field, true);
            }
            greedy.put("level", "superuser").put("account_id", 1);
            RawAnswer answer = door.send(
                    visitor.request("PUT", "/api/user/" + visitor.id() + "/").json(greedy.toString()));
            assertThat(answer.status()).as(visitor.name()).isEqualTo(200);
            JsonNode after =
                    door.send(visitor.request("GET", "/api/session/")).json().path("user");
            assertThat(after).as(visitor.name()).isEqualTo(self);
            assertThat(door.send(visitor.request("GET", "/api/system_status/")).status())
                    .as(visitor.name())
                    .isEqualTo(401);
        }
    }

    /** A header must not turn one method into another, past the check that belongs to it (core 1.1). */
    @Test
    void methodIsWhatTheRequestLineSays() throws Exception {
        Visitor user = visitors.named("visiting-user");
        RawAnswer answer = door.send(user.request("GET", "/api/group/1/").with("X-HTTP-Method-Override: DELETE"));
        assertThat(answer.status()).isEqualTo(200);
    }
}
