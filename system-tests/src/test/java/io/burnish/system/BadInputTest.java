package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.standalone.client.ApiReply;
import io.burnish.standalone.client.TrustedAuthority;
import io.burnish.system.Visitors.Visitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Promise 5: bad input of any kind gets the documented 4xx, never 5xx, and nothing is half done. Thousands of requests, always the same
 * ones unless {@code -Dburnish.seed=…} says otherwise; {@code -Dburnish.requests=…} sends more, {@code -Dburnish.rounds=…} goes on with
 * the seeds that follow.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

    private static final long SEED = Long.getLong("burnish.seed", 20_190_502);
    private static final int REQUESTS = Integer.getInteger("burnish.requests", 5000);
    private static final int ROUNDS = Integer.getInteger("burnish.rounds", 1);
    private static final int SHOWN = 30;
    /** Its own address: guesses of keys and passwords close the door for it alone. */
    private static final String ADDRESS = "127.0.0.2";
    /** What nobody has asked for, so that all of it must be as it was. */
    private static final Map<String, List<String>> LASTING = Map.of(
            "host", List.of("id", "state", "address", "server_profile"),
            "target", List.of("id", "state", "name"),
            "filesystem", List.of("id", "state", "name"),
            "volume", List.of("id", "label", "status"),
            "volume_node", List.of("id", "host_id", "primary", "use", "volume_id"),
            "lnet_configuration", List.of("id", "state"),
            "corosync_configuration", List.of("id", "state"),
            "pacemaker_configuration", List.of("id", "state"),
            "server_profile", List.of("name", "ui_name", "managed", "initial_state"),
            "nid", List.of("resource_uri"));
    /** Whose objects may be named in the URL of a change, because no change of them that could be accepted does harm. */
    private static final Set<String> SAFE =
            Set.of("alert", "job", "command", "host", "lnet_configuration", "corosync_configuration");

    private final Lab lab = Lab.open();
    private RawClients door;
    private Visitors visitors;
    private List<BadRequests.Target> targets;
    private JsonNode document;
    /** Ids of objects that are there to be changed, by resource. */
    private final Map<String, String> sacrifices = new TreeMap<>();

    private final Map<String, Integer> outcomes = new ConcurrentHashMap<>();
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> created = ConcurrentHashMap.newKeySet();

    @BeforeAll
    void prepare() throws Exception {
        door = new RawClients(
                lab.suite().url(), TrustedAuthority.context(lab.suite().authority()), ADDRESS);
        visitors = new Visitors(lab);
        document = lab.client().get("/api/openapi.json").orThrow("the document");
        sacrifice();
        targets = targets();
    }

    @AfterAll
    void leave() {
        sacrifices.forEach((resource, id) -> lab.client().delete("/api/" + resource + "/" + id + "/"));
        visitors.close();
    }

    /** Whatever is accepted of the changes that name them does no harm. */
    private void sacrifice() {
        sacrifice("user", Map.of("username", "sacrifice", "password1", "sacrificed", "password2", "sacrificed"));
        JsonNode type = sacrifice(
                "power_control_type", Map.of("agent", "fence_apc", "make", "bad", "model", "input", "max_outlets", 2));
        String link = type.path("resource_uri").asText();
        JsonNode device = sacrifice("power_control_device", Map.of("device_type", link, "address", "127.0.0.1"));
        sacrifices.put("power_control_device_outlet", device.at("/outlets/0/id").asText());
        sacrifice("registration_token", Map.of("profile", "/api/server_profile/base_monitored/"));
    }

    private JsonNode sacrifice(String resource, Map<String, ?> body) {
        JsonNode made = lab.client().post("/api/" + resource + "/", body).orThrow("POST " + resource);
        sacrifices.put(resource, made.path("id").asText());
        return made;
    }

    /** Every operation of the rights table that is served. */
    private List<BadRequests.Target> targets() throws IOException {
        List<String> directory = new ArrayList<>();
        lab.client().get("/api/").orThrow("GET /api/").fieldNames().forEachRemaining(directory::add);
        List<String> links = links(directory);
        Map<String, List<String>> fields = new TreeMap<>();
        directory.forEach(resource -> fields.put(resource, fields(resource)));
        List<BadRequests.Target> found = new ArrayList<>();
        RightsTable.read(directory).served(door).stream()
                .filter(row -> row.body().isEmpty())
                .map(row -> new BadRequests.Target(
                        row.method(),
                        row.path().replaceAll("\\{\\w+}", "{none}"),
                        fields.getOrDefault(row.resource(), List.of()),
                        existing(row, links),
                        links))
                .distinct()
                .forEach(found::add);
        for (String path : List.of(
                "/agent/setup/{none}/",
                "/agent/register/{none}/",
                "/agent/package/{none}/burnish-agent.tar.gz",
                "/agent/package/{none}/")) {
            Stream.of("GET", "POST")
                    .map(method ->
                            new BadRequests.Target(method, path, List.of("fqdn", "csr", "version"), List.of(), links))
                    .forEach(found::add);
        }
        Stream.of("/", "/ui/{none}/", "/certificate/", "/api/{none}/", "/api/nope/", "/agent/reregister/")
                .map(path -> new BadRequests.Target("GET", path, List.of(), List.of(), links))
                .forEach(found::add);
        return found;
    }

    private List<String> fields(String resource) {
        ApiReply schema = lab.client().get("/api/" + resource + "/schema/");
        List<String> names = new ArrayList<>();
        schema.body().path("fields").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** URIs that bodies may mention. A server profile or a network interface in its right place would be a sensible request. */
    private List<String> links(List<String> directory) {
        List<String> links = new ArrayList<>();
        for (String resource : directory) {
            if (!Set.of("server_profile", "network_interface", "user").contains(resource)) {
                ApiReply list = lab.client().get("/api/" + resource + "/?limit=2");
                if (list.status() == 200) {
                    list.body()
                            .path("objects")
                            .forEach(object ->
                                    links.add(object.path("resource_uri").asText()));
                }
            }
        }
        links.removeIf(String::isEmpty);
        links.add("/api/user/" + visitors.named("visiting-user").id() + "/");
        return links;
    }

    private List<String> existing(RightsTable.Row row, List<String> links) {
        if (sacrifices.containsKey(row.resource())) {
            return List.of(sacrifices.get(row.resource()));
        }
        if (!row.method().equals("GET") && !SAFE.contains(row.resource())) {
            return List.of();
        }
        String prefix = "/api/" + row.resource() + "/";
        return links.stream()
                .filter(link -> link.startsWith(prefix))
                .map(link -> link.substring(prefix.length(), link.length() - 1))
                .toList();
    }

    @Test
    void everyBadRequestIsRefusedInADocumentedWayAndNothingIsDone() throws Exception {
        Map<String, List<String>> before = lasting();
        Map<String, Integer> restarts = lab.suite().restarts();
        for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
            send(seed);
        }
        created.forEach(uri -> lab.client().delete(uri));
        assertThat(lasting()).isEqualTo(before);
        assertThat(lab.suite().restarts()).isEqualTo(restarts);
        assertThat(lab.client()
                        .get("/api/user/" + visitors.named("visiting-superuser").id() + "/")
                        .orThrow("the superuser")
                        .path("is_superuser")
                        .asBoolean())
                .isTrue();
    }

    private void send(long seed) throws IOException, InterruptedException {
        System.out.printf("seed %d, %d requests to %d operations%n", seed, REQUESTS, targets.size());
        Random random = new Random(seed);
        List<Visitor> senders = List.of(
                visitors.named("key of visiting-superuser as superusers"),
                visitors.named("key of visiting-admin as filesystem_administrators"),
                visitors.named("visiting-user"),
                visitors.named("anonymous"));
        List<RawRequest> requests = new BadRequests(seed, targets, document)
                .take(REQUESTS).stream()
                        .map(request -> sentBy(request, senders, random))
                        .toList();
        door.each(requests, (connection, request) -> judge(request, answer(connection, request)));
        System.out.println(new TreeMap<>(outcomes));
        assertThat(complaints.stream().limit(SHOWN))
                .as("of %d with seed %d", complaints.size(), seed)
                .isEmpty();
    }

    /** Mostly those who may do most; who ends its session sends none. */
    private static RawRequest sentBy(RawRequest request, List<Visitor> senders, Random random) {
        int dice = random.nextInt(20);
        Visitor sender = senders.get(dice < 14 ? 0 : dice < 17 ? 1 : dice < 19 ? 2 : 3);
        boolean own = request.headers().stream()
                .anyMatch(header -> header.startsWith("Cookie:")
                        || header.startsWith("Authorization:")
                        || header.startsWith("X-CSRFToken:"));
        boolean leaves = request.target().startsWith("/api/session/") && !sender.hasKey();
        return own || leaves ? request : request.with(sender.headers());
    }

    private static RawAnswer answer(RawConnection connection, RawRequest request) {
        try {
            return connection.send(request);
        } catch (IOException e) {
            return new RawAnswer(0, Map.of(), e.toString().getBytes());
        }
    }

    private void judge(RawRequest request, RawAnswer answer) {
        String resource =
                request.target().split("[/?]").length > 2 ? request.target().split("[/?]")[2] : "";
        outcomes.merge(answer.status() + " " + request.method(), 1, Integer::sum);
        String location = answer.header("Location");
        if (answer.status() == 201 && location.contains("/api/") && !resource.equals("session")) {
            created.add(location.substring(location.indexOf("/api/")));
        }
        // an installer prints what it is told
        boolean told = request.target().startsWith("/agent/")
                && answer.header("Content-Type").startsWith("text/plain");
        if (!documented(answer) && !(told && answer.status() < 500)) {
            complaints.add(request + "\n    -> " + answer);
        }
    }

    private static boolean documented(RawAnswer answer) {
        int status = answer.status();
        if (status == 501) {
            return answer.body().length == 0;
        }
        if (status < 200 || status >= 500) {
            return false;
        }
        if (status < 400 || answer.body().length == 0) {
            return !answer.isJson() || answer.json() != null;
        }
        return switch (status) {
            case 405 -> answer.text().equals(answer.header("Allow"));
            case 404 ->
                answer.isUnknownUrl() || answer.isJson() && answer.json().isObject();
            default -> answer.isJson() && answer.json().isObject();
        };
    }

    /** What must not change, by resource. */
    private Map<String, List<String>> lasting() {
        Map<String, List<String>> state = new LinkedHashMap<>();
        LASTING.forEach((resource, keys) -> {
            List<String> objects = new ArrayList<>();
            for (JsonNode object : lab.objects("/api/" + resource + "/?limit=0")) {
                objects.add(keys.stream()
                        .map(key -> object.path(key).toString())
                        .toList()
                        .toString());
            }
            Collections.sort(objects);
            state.put(resource, objects);
        });
        return state;
    }
}
