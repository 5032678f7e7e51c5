package io.burnish.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.standalone.client.ApiClient;
import io.burnish.standalone.client.ApiReply;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the list of one resource with the rules of all lists (API contract, core 1.3, 1.6 to 1.9): the whole list is read, and what
 * filters, orderings and pages must give is computed from it.
 */
final class ListContract {

    private static final String NOBODY = "999999999";
    /** As many fields are asked of each refusal. */
    private static final int SOME = 3;

    private final ApiClient client;
    private final ContractTable.Row row;
    private final JsonNode schema;
    private final List<JsonNode> all;
    private final List<String> complaints = new ArrayList<>();

    private ListContract(ApiClient client, ContractTable.Row row) {
        this.client = client;
        this.row = row;
        this.schema = client.get(row.path() + "schema/").orThrow("the schema of " + row.resource());
        this.all = objects("limit=0");
    }

    /**
     * What is wrong with the list. A list that grows while it is looked at is looked at again.
     *
     * @param hasSet several objects can be read by id
     */
    static List<String> complaints(ApiClient client, ContractTable.Row row, boolean hasSet) {
        for (int attempt = 1; ; attempt++) {
            ListContract list = new ListContract(client, row);
            list.check(hasSet);
            if (list.complaints.isEmpty() || list.all.equals(list.objects("limit=0")) || attempt == 5) {
                return list.complaints;
            }
        }
    }

    private void check(boolean hasSet) {
        keys();
        pages();
        badPages();
        if (hasSet) {
            row.filters().forEach((field, operators) -> operators.forEach(operator -> filter(field, operator)));
            row.orderings().forEach(this::ordering);
            refusedQueries();
            row.relations().forEach(this::expansion);
            set();
        }
        detail();
    }

    /** Fields of ours may stand beside those of the contract: the schema, which is compared elsewhere, lists them. */
    private void keys() {
        for (JsonNode object : all) {
            Set<String> keys = new LinkedHashSet<>();
            object.fieldNames().forEachRemaining(keys::add);
            if (!keys.containsAll(row.always())) {
                complain("keys", row.fields(), keys);
                return;
            }
            if (keys.contains("resource_uri")
                    && !keys.stream().sorted().toList().equals(List.copyOf(keys))) {
                complain("order of keys", "alphabetical", keys);
                return;
            }
        }
    }

    /** All pages one after the other, by their links, and back. */
    private void pages() {
        int limit = Math.clamp(all.size() / 3 + 1L, 1, 1000);
        List<JsonNode> found = new ArrayList<>();
        String path = row.path() + "?limit=" + limit;
        JsonNode page = null;
        int pages = 0;
        while (path != null && pages++ <= all.size()) {
            page = client.get(path).orThrow(path);
            page.get("objects").forEach(found::add);
            path = page.at("/meta/next").textValue();
        }
        same("pages of " + limit, ids(all), ids(found));
        JsonNode meta = page.get("meta");
        same("total_count", all.size(), meta.get("total_count").asInt());
        same("limit", limit, meta.get("limit").asInt());
        String previous = meta.path("previous").textValue();
        if (meta.get("offset").asInt() >= limit) {
            JsonNode before = client.get(previous).orThrow(previous).get("objects");
            same(
                    "previous",
                    ids(all.subList(
                            meta.get("offset").asInt() - limit,
                            meta.get("offset").asInt())),
                    ids(list(before)));
        } else {
            same("previous", null, previous);
        }
        JsonNode beyond =
                client.get(row.path() + "?limit=5&offset=" + (all.size() + 7)).body();
        same("beyond the end", 0, beyond.path("objects").size());
        same(
                "total_count beyond the end",
                all.size(),
                beyond.at("/meta/total_count").asInt());
        same(
                "limit above the maximum",
                1000,
                client.get(row.path() + "?limit=5000").body().at("/meta/limit").asInt());
        same(
                "default limit",
                20,
                client.get(row.path()).body().at("/meta/limit").asInt());
    }

    private void badPages() {
        refused("limit=abc", "Invalid limit 'abc' provided. Please provide a positive integer.");
        refused("limit=-1", "Invalid limit '-1' provided. Please provide a positive integer &gt;= 0.");
        refused("limit=", "Invalid limit '' provided. Please provide a positive integer.");
        refused("offset=z", "Invalid offset 'z' provided. Please provide an integer.");
        refused("offset=-2", "Invalid offset '-2' provided. Please provide a positive integer &gt;= 0.");
        refused("offset=", "Invalid offset '' provided. Please provide an integer.");
    }

    private void filter(String field, String operator) {
        List<String> values = all.stream()
                .flatMap(object -> value(object, field).stream())
                .distinct()
                .limit(2)
                .toList();
        String name = operator.equals("exact") ? field : field + "__" + operator;
        if (operator.equals("in")) {
            String repeated =
                    values.stream().map(value -> name + "=" + encoded(value)).collect(Collectors.joining("&"));
            filtered(
                    repeated,
                    object -> value(object, field).filter(values::contains).isPresent(),
                    !values.isEmpty());
            filtered(name + "=", object -> false, true);
            return;
        }
        for (String whole : values) {
            String value = part(operator, whole);
            filtered(
                    name + "=" + encoded(value),
                    object -> value(object, field)
                            .filter(is -> matches(operator, is, value))
                            .isPresent(),
                    true);
        }
        if (operator.equals("exact") && !values.isEmpty()) {
            filtered(
                    field + "=" + encoded(values.getFirst()) + "&" + field + "=" + encoded(values.getLast()),
                    object -> value(object, field).equals(Optional.of(values.getLast())),
                    true);
        }
    }

    private void filtered(String query, Predicate<JsonNode> expected, boolean ask) {
        if (ask && client.get(row.path() + "?limit=1&" + query).status() != 200) {
            complain(query, 200, client.get(row.path() + "?limit=1&" + query));
        } else if (ask) {
            same(query, ids(all.stream().filter(expected).toList()), ids(objects("limit=0&" + query)));
        }
    }

    /** What a filter compares: of a related object its number. */
    private Optional<String> value(JsonNode object, String field) {
        JsonNode value = object.get(field);
        if (value == null && field.endsWith("_id")) {
            value = object.get(field.substring(0, field.length() - "_id".length()));
        }
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        String text = value.isObject() ? value.path("resource_uri").asText() : value.asText();
        return Optional.of(text.startsWith("/api/") && !field.endsWith("_uri") ? text.split("/")[3] : text);
    }

    /** The part of a value that an operator looks for. */
    private static String part(String operator, String value) {
        int half = Math.max(1, value.length() / 2);
        return switch (operator) {
            case "contains", "icontains" ->
                value.substring(value.length() / 4, value.length() / 4 + Math.max(1, value.length() / 2));
            case "startswith" -> value.substring(0, Math.min(half, value.length()));
            case "endswith" -> value.substring(value.length() - Math.min(half, value.length()));
            case "iexact" -> value.toUpperCase(Locale.ROOT);
            default -> value;
        };
    }

    private static boolean matches(String operator, String is, String wanted) {
        return switch (operator) {
            case "exact" -> is.equals(wanted);
            case "iexact" -> is.equalsIgnoreCase(wanted);
            case "contains" -> is.contains(wanted);
            case "startswith" -> is.startsWith(wanted);
            case "endswith" -> is.endsWith(wanted);
            case "gte" -> compare(is, wanted) >= 0;
            case "lte" -> compare(is, wanted) <= 0;
            case "gt" -> compare(is, wanted) > 0;
            case "lt" -> compare(is, wanted) < 0;
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static int compare(String one, String other) {
        return one.matches("-?\\d+(\\.\\d+)?")
                ? new BigDecimal(one).compareTo(new BigDecimal(other))
                : time(one).compareTo(time(other));
    }

    private static OffsetDateTime time(String text) {
        return OffsetDateTime.parse(text.contains("+") ? text : text + "+00:00").withOffsetSameInstant(ZoneOffset.UTC);
    }

    private void ordering(String key) {
        List<String> up = values(objects("limit=0&order_by=" + key), key);
        List<String> down = values(objects("limit=0&order_by=-" + key), key);
        Collections.reverse(down);
        same("order_by=-" + key + " reversed", up, down);
        same("sort_by=" + key, up, values(objects("limit=0&sort_by=" + key), key));
        same(
                "order_by=" + key + "&order_by=-" + key,
                up,
                values(objects("limit=0&order_by=" + key + "&order_by=-" + key), key));
        List<String> known = up.stream().filter(value -> !value.equals("null")).toList();
        boolean comparable = known.stream().allMatch(value -> value.matches("-?\\d+|\\d{4}-\\d\\d-\\d\\dT.*"));
        if (comparable) {
            same("order_by=" + key, known.stream().sorted(ListContract::compare).toList(), known);
        } else {
            same(
                    "different values of order_by=" + key,
                    runs(known),
                    known.stream().distinct().count());
        }
    }

    /** How often the value changes, and one: equal ones must stand together. */
    private static long runs(List<String> values) {
        return Stream.iterate(0, i -> i < values.size(), i -> i + 1)
                .filter(i -> i == 0 || !values.get(i).equals(values.get(i - 1)))
                .count();
    }

    private void refusedQueries() {
        JsonNode filtering = schema.path("filtering");
        List<String> orderings =
                list(schema.path("ordering")).stream().map(JsonNode::asText).toList();
        fields(field -> !filtering.has(field))
                .forEach(field -> refused(field + "=1", "The '%s' field does not allow filtering.".formatted(field)));
        fields(field -> filtering.has(field) && !type(field).equals("related"))
                .forEach(field -> refused(
                        field + "__regex=1", "'regex' is not an allowed filter on the '%s' field.".formatted(field)));
        fields(field -> !orderings.contains(field))
                .forEach(field ->
                        refused("order_by=" + field, "The '%s' field does not allow ordering.".formatted(field)));
        fields(field -> type(field).equals("integer")
                        && list(filtering.path(field)).stream()
                                .anyMatch(operator -> operator.asText().equals("exact")))
                .forEach(field -> refused(field + "=abc", "Invalid resource lookup data provided (mismatched type)."));
        refused("order_by=zzz", "No matching 'zzz' field for ordering on.");
        same("an unknown parameter", ids(all), ids(objects("limit=0&zzz=1&zzz__in=2&format=json")));
    }

    private String type(String field) {
        return schema.at("/fields/" + field + "/type").asText();
    }

    private Stream<String> fields(Predicate<String> wanted) {
        return row.fields().stream()
                .filter(field -> schema.path("fields").has(field))
                .filter(wanted)
                .limit(SOME);
    }

    private void expansion(String field, boolean full) {
        for (boolean wanted : List.of(true, false)) {
            for (JsonNode object : objects("limit=3&dehydrate__" + field + "=" + wanted)) {
                form(object, field, wanted, "dehydrate__" + field + "=" + wanted);
            }
        }
        all.stream().limit(3).forEach(object -> form(object, field, full, field + " as declared"));
    }

    private void form(JsonNode object, String field, boolean full, String what) {
        JsonNode value = object.path(field);
        for (JsonNode one : value.isArray() ? list(value) : List.of(value)) {
            if (!one.isNull() && (full ? !one.path("resource_uri").isTextual() : !one.isTextual())) {
                complain(what, full ? "objects" : "links", one);
            }
        }
    }

    private void set() {
        List<String> some = all.stream().limit(2).map(ListContract::key).toList();
        String ids = String.join(";", some) + (some.isEmpty() ? "" : ";") + NOBODY;
        JsonNode found =
                client.get(row.path() + "set/" + ids + "/").orThrow("the set " + ids + " of " + row.resource());
        same("set", ids(all.stream().limit(2).toList()), ids(list(found.get("objects"))));
        same("not_found", "[\"" + NOBODY + "\"]", found.path("not_found").toString());
        same("meta of a set", true, found.path("meta").isMissingNode());
    }

    private void detail() {
        if (!row.detailMethods().contains("GET")
                || all.isEmpty()
                || !all.getFirst().has("resource_uri")) {
            return;
        }
        JsonNode first = all.getFirst();
        ApiReply reply = client.get(first.get("resource_uri").asText());
        same("detail", 200, reply.status());
        Set<String> keys = new LinkedHashSet<>();
        reply.body().fieldNames().forEachRemaining(keys::add);
        Set<String> listed = new LinkedHashSet<>();
        first.fieldNames().forEachRemaining(listed::add);
        same("keys of the detail", listed, keys);
        same(
                "somebody who is not there",
                404,
                client.get(row.path() + NOBODY + "/").status());
    }

    private List<JsonNode> objects(String query) {
        return list(client.get(row.path() + "?" + query)
                .orThrow(row.path() + "?" + query)
                .get("objects"));
    }

    private void refused(String query, String message) {
        ApiReply reply = client.get(row.path() + "?" + query);
        if (reply.status() != 400 || !reply.body().path("error").asText().equals(message)) {
            complain(query, "400 " + message, reply.status() + " " + shortened(reply.body()));
        }
    }

    private void same(String what, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            complain(what, expected, found);
        }
    }

    private void complain(String what, Object expected, Object found) {
        complaints.add("%s: %s: expected %s but was %s"
                .formatted(row.resource(), what, shortened(expected), shortened(found)));
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    private static List<String> values(List<JsonNode> objects, String key) {
        return new ArrayList<>(
                objects.stream().map(object -> object.path(key).asText()).toList());
    }

    /** What identifies an object: its URI, or all of it. */
    private static List<String> ids(List<JsonNode> objects) {
        return objects.stream()
                .map(object -> object.path("resource_uri").asText(object.toString()))
                .toList();
    }

    private static String key(JsonNode object) {
        return object.path("resource_uri").asText().split("/")[3];
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
