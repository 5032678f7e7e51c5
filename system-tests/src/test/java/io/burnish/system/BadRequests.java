package io.burnish.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Requests that are wrong in one of many ways, to any operation of the API. The same seed gives the same requests to the same operations.
 *
 * <p>A DELETE never names an object that exists, and what acts on whole lists or on servers never gets a body that could be accepted.
 */
final class BadRequests {

    private static final String NONE = "{none}";
    private static final List<String> IDS = List.of(
            "999999999",
            "-1",
            "9223372036854775807",
            "9223372036854775808",
            "1" + "0".repeat(60),
            "abc",
            "1.5",
            "0x1",
            "%2B1",
            "1%20",
            "%20",
            "%00",
            "%ff%fe",
            "%ed%a0%80",
            "%F0%9F%98%80",
            "999999999%3B1",
            "999999999;999999998",
            "999999999/999999998",
            "None",
            "null",
            "'",
            "%27%3B--",
            "%25",
            "*",
            "schema",
            "set",
            "metric",
            "..%2f..",
            "%2e%2e",
            "x".repeat(2000));
    private static final List<String> OPERATORS = List.of(
            "",
            "__exact",
            "__iexact",
            "__contains",
            "__icontains",
            "__startswith",
            "__istartswith",
            "__endswith",
            "__iendswith",
            "__in",
            "__gte",
            "__lte",
            "__gt",
            "__lt",
            "__range",
            "__isnull",
            "__regex",
            "__year",
            "__",
            "__id",
            "__fqdn",
            "__host__id__in",
            "__nope__nope",
            "__in__in",
            "____");
    private static final List<String> PARAMETERS = List.of(
            "limit",
            "offset",
            "order_by",
            "sort_by",
            "format",
            "callback",
            "dehydrate__host",
            "dehydrate__nope",
            "metrics",
            "begin",
            "end",
            "num_points",
            "interval",
            "latest",
            "reduce_fn",
            "group_by",
            "job",
            "kind",
            "keys",
            "role",
            "worker",
            "host_id",
            "filesystem_id",
            "composite_ids",
            "category",
            "ancestor_of",
            "plugin_name",
            "class_name",
            "server_profile__name",
            "server_profile__nope",
            "id__in",
            "max_points",
            "update");
    private static final List<String> METRIC_VALUES = List.of(
            "mem_MemFree",
            "cpu_user,nope",
            "true",
            "average",
            "sum",
            "filesystem",
            "2019-01-01T00:00:00Z",
            "2019-05-02 09:30:00",
            "2100-01-01",
            "10",
            "1000000000");
    private static final List<String> RAW_VALUES = List.of(
            "%",
            "%zz", "%00", "%ff", "%ed%a0%80", "+", "%2", "a=b=c", "%C3", "1,,2", ",", "1,2,3", "-", "--id", "?", "%26");
    private static final List<String> BROKEN_JSON = List.of(
            "{",
            "}",
            "{\"a\":",
            "{\"a\": 1,}",
            "{'a': 1}",
            "{\"a\": NaN}",
            "{\"a\": 01}",
            "{\"a\": \"\\x\"}",
            "{\"a\": \"\\ud800\"}",
            "{\"a\": \"\n\"}",
            "{} {}",
            "{}x",
            "/* */ {}",
            "\ufeff{}",
            "{\"a\": 1, \"a\": {}}",
            "nul",
            "\u0000");
    private static final List<String> NO_OBJECTS =
            List.of("[]", "[{}]", "\"text\"", "1", "1e999", "null", "true", "", "   ", "[[[[]]]]", "[null]");
    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "application/json; charset=utf-16",
            "application/json; charset=nope",
            "application/jsonp",
            "application/xml",
            "",
            ";",
            "\u00ff");
    private static final List<String> METHODS = List.of(
            "FOO",
            "get",
            "TRACE",
            "PROPFIND",
            "HEAD",
            "OPTIONS",
            "LINK",
            "PURGE",
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
            "GET");
    private static final List<String> HEADERS = List.of(
            "Accept: foo",
            "Accept: ",
            "Accept: text/html;q=zz,*/*",
            "Cookie: sessionid=" + "a".repeat(32),
            "Cookie: sessionid=\u0001\u00ff; csrftoken",
            "Cookie: " + "sessionid=b; ".repeat(50),
            "Cookie: =;;=",
            "X-CSRFToken: \u00e4\u00f6",
            "X-CSRFToken: " + "t".repeat(9000),
            "Authorization: Bearer",
            "Authorization: Bearer \u00ff\u00fe",
            "Authorization: Bearer burnish_" + "0".repeat(32),
            "Authorization: Basic YTpi",
            "Authorization: ApiKey :",
            "Authorization: ApiKey admin:nope",
            "Idempotency-Key: ",
            "Idempotency-Key: " + "k".repeat(5000),
            "Idempotency-Key: \u00ff",
            "X-Requested-With: XMLHttpRequest",
            "If-None-Match: \"x\"",
            "If-Modified-Since: never",
            "Range: bytes=9-1",
            "Last-Event-ID: -1",
            "Prefer: nonsense",
            "Content-Encoding: gzip",
            "X-Forwarded-For: 1.2.3.4",
            "X-Burnish-Key: 1",
            "X-HTTP-Method-Override: DELETE",
            "traceparent: zz",
            "Expect: 100-continue");

    private final Random random;
    private final BadValues values;
    private final BadBodies bodies;
    private final List<Target> targets;
    private final List<Supplier<RawRequest>> kinds;
    private Target target;

    /**
     * What requests go to.
     *
     * @param path with {@code {none}} for ids
     * @param fields names of the resource's fields
     * @param existing ids that URLs of this operation may name
     * @param links URIs of existing objects that bodies may mention
     */
    record Target(String method, String path, List<String> fields, List<String> existing, List<String> links) {

        boolean hasBody() {
            return !method.equals("GET");
        }

        /** The whole list, or nobody's session: only what cannot even be read. */
        boolean sweeps() {
            return method.equals("DELETE") && !path.contains(NONE);
        }
    }

    /** @param document the OpenAPI document: what bodies should be */
    BadRequests(long seed, List<Target> targets, JsonNode document) {
        this.random = new Random(seed);
        this.values = new BadValues(random);
        this.bodies = new BadBodies(document, random, values);
        this.targets = targets;
        this.kinds = List.of(
                this::brokenJson,
                this::noObject,
                this::deep,
                this::badBytes,
                this::wrongType,
                this::wrongFields,
                this::wrongFields,
                this::almostRight,
                this::almostRight,
                this::almostRight,
                this::almostRight,
                this::almostRight,
                this::filters,
                this::filters,
                this::filters,
                this::filters,
                this::rawQuery,
                this::badId,
                this::badId,
                this::badHeaders,
                this::badMethod,
                this::bodyWhereNoneBelongs,
                this::large);
    }

    List<RawRequest> take(int count) {
        List<RawRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            target = values.oneOf(targets);
            requests.add(kinds.get(random.nextInt(kinds.size())).get());
        }
        return requests;
    }

    private RawRequest plain() {
        return RawRequest.of(target.method(), path(id()));
    }

    private String path(String id) {
        return target.path().replace(NONE, id);
    }

    private String id() {
        boolean existing = !target.existing().isEmpty() && !target.method().equals("DELETE") && random.nextBoolean();
        return existing ? values.oneOf(target.existing()) : "999999999";
    }

    private RawRequest brokenJson() {
        return plain().json(values.oneOf(BROKEN_JSON));
    }

    private RawRequest noObject() {
        return target.sweeps() ? brokenJson() : plain().json(values.oneOf(NO_OBJECTS));
    }

    private RawRequest deep() {
        int depth = values.oneOf(List.of(50, 400, 1100, 5000, 100_000));
        boolean arrays = random.nextBoolean();
        boolean closed = !target.sweeps() && random.nextBoolean();
        String key = values.key(target.fields());
        String opening = arrays ? "[" : "{\"a\":";
        String body = "{" + quoted(key) + ":" + opening.repeat(depth)
                + (closed ? "1" + (arrays ? "]" : "}").repeat(depth) + "}" : "");
        return plain().json(body);
    }

    private RawRequest badBytes() {
        byte[] bytes = "{\"name\": \"???\", \"message\": \"????\"".getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '?') {
                bytes[i] = (byte) (0x80 + random.nextInt(0x80));
            }
        }
        byte[] whole = Arrays.copyOf(bytes, bytes.length + 1);
        whole[bytes.length] = (byte) (target.sweeps() ? '{' : '}');
        return plain().with("Content-Type: application/json").bytes(whole);
    }

    private RawRequest wrongType() {
        String body = target.sweeps() ? "{" : object().toString();
        return plain().with("Content-Type: " + values.oneOf(TYPES)).bytes(body.getBytes(StandardCharsets.UTF_8));
    }

    private RawRequest wrongFields() {
        return target.sweeps() ? brokenJson() : plain().json(object().toString());
    }

    /** Queries and ids have requests of their own: this is for operations that take a body. */
    private RawRequest almostRight() {
        if (!target.hasBody()) {
            target = values.oneOf(targets.stream().filter(Target::hasBody).toList());
        }
        return target.sweeps()
                ? brokenJson()
                : bodies.of(target).map(body -> plain().json(body.toString())).orElseGet(this::wrongFields);
    }

    private ObjectNode object() {
        return values.object(target.fields(), target.links(), 3);
    }

    /** Queries go to what only reads: with a method that acts, they would not be what is wrong. */
    private RawRequest filters() {
        int count = 1 + random.nextInt(4);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(parameter());
        }
        if (random.nextInt(4) == 0) {
            parts.add(parts.getFirst());
        }
        return read().apply(String.join("&", parts));
    }

    private java.util.function.Function<String, RawRequest> read() {
        Target reads = target.hasBody()
                ? values.oneOf(targets.stream().filter(one -> !one.hasBody()).toList())
                : target;
        target = reads;
        return query -> RawRequest.of("GET", path(id()) + "?" + query);
    }

    private String parameter() {
        boolean field = !target.fields().isEmpty() && random.nextInt(5) > 0;
        String name = field ? values.oneOf(target.fields()) + values.oneOf(OPERATORS) : values.oneOf(PARAMETERS);
        if (random.nextInt(6) == 0) {
            return "order_by=" + values.oneOf(List.of("", "-", "--")) + encoded(values.key(target.fields()));
        }
        return encoded(name) + "=" + value();
    }

    private String value() {
        return switch (random.nextInt(4)) {
            case 0 -> values.oneOf(RAW_VALUES);
            case 1 -> encoded(values.oneOf(METRIC_VALUES));
            default -> encoded(values.text());
        };
    }

    private RawRequest rawQuery() {
        String query =
                switch (random.nextInt(7)) {
                    case 0 -> "&&&===&";
                    case 1 -> "limit=1;offset=2";
                    case 2 -> "id__in=" + "1,".repeat(5000);
                    case 3 -> "id__in=1&".repeat(2000);
                    case 4 -> "a".repeat(40_000);
                    case 5 -> "\u00e4=\u00ff&limit=\u00fc";
                    default -> values.oneOf(RAW_VALUES) + "=" + values.oneOf(RAW_VALUES);
                };
        return read().apply(query);
    }

    private RawRequest badId() {
        String id = values.oneOf(IDS);
        String where = random.nextInt(3) > 0 || !target.path().contains(NONE)
                ? path(id)
                : target.path().substring(0, target.path().indexOf(NONE)) + "set/" + id + "/";
        String slash = random.nextInt(10) == 0 ? where.substring(0, where.length() - 1) : where;
        RawRequest request = RawRequest.of(target.sweeps() ? "GET" : target.method(), slash);
        return target.hasBody() && !target.sweeps() ? request.json(object().toString()) : request;
    }

    private RawRequest badHeaders() {
        RawRequest request = target.sweeps() ? RawRequest.of("GET", path(id())) : plain();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            request = request.with(values.oneOf(HEADERS));
        }
        return target.hasBody() ? request.json(values.oneOf(BROKEN_JSON)) : request;
    }

    private RawRequest badMethod() {
        String method = values.oneOf(METHODS);
        RawRequest request = RawRequest.of(method, path("999999999"));
        return method.equals("DELETE") || random.nextBoolean() ? request.json("{") : request;
    }

    private RawRequest bodyWhereNoneBelongs() {
        RawRequest request = RawRequest.of(random.nextBoolean() ? "GET" : "OPTIONS", path("999999999"));
        return request.json(object().toString());
    }

    /** Within the limits of services, above them, and above that of the door. */
    private RawRequest large() {
        if (target.sweeps() || random.nextInt(10) > 0) {
            return plain().json(
                            "{" + quoted(values.key(target.fields())) + ": \"" + "x".repeat(random.nextInt(200_000)));
        }
        int size = values.oneOf(List.of(1_000_000, 4_300_000, 9_000_000));
        return plain().json("{\"message\": \"" + "x".repeat(size) + "\"}");
    }

    private static String quoted(String text) {
        return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                .textNode(text)
                .toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String list(List<?> some) {
        return some.stream().map(Object::toString).collect(Collectors.joining("\n"));
    }
}
