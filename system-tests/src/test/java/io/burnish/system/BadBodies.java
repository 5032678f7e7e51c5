package io.burnish.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Bodies that are what the OpenAPI document says an operation takes, but for one to three values: of another type, absurdly large,
 * nested, twice there, or missing. What is right in them asks for nothing that could be done to the cluster: words that are no state or
 * class, numbers that nothing has.
 */
final class BadBodies {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String WORD = "sometext";
    private static final long NOBODY = 999_999_999;
    private static final int DEEPEST = 6;

    private final JsonNode document;
    private final Random random;
    private final BadValues values;
    /** By method and path, with {@code {none}} for ids. */
    private final Map<String, JsonNode> schemas = new TreeMap<>();

    BadBodies(JsonNode document, Random random, BadValues values) {
        this.document = document;
        this.random = random;
        this.values = values;
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode schema = method.getValue().at("/requestBody/content/application~1json/schema");
                    if (!schema.isMissingNode()) {
                        schemas.put(
                                method.getKey().toUpperCase(Locale.ROOT) + " "
                                        + path.getKey().replaceAll("\\{\\w+}", "{none}"),
                                schema);
                    }
                }));
    }

    /** A body for an operation; empty if it takes none. */
    Optional<JsonNode> of(BadRequests.Target target) {
        return Optional.ofNullable(schemas.get(target.method() + " " + target.path()))
                .map(schema -> spoiled(right(schema, target.links(), 0), target));
    }

    private JsonNode right(JsonNode schema, List<String> links, int depth) {
        if (schema.has("$ref")) {
            return right(document.at(schema.get("$ref").asText().substring(1)), links, depth);
        }
        if (schema.has("anyOf")) {
            JsonNode any = schema.get("anyOf");
            return right(any.get(random.nextInt(any.size())), links, depth);
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.get(0).asText() : type.asText()) {
            case "object" -> object(schema, links, depth);
            case "array" -> array(schema.path("items"), links, depth);
            case "string" -> text(schema.path("pattern").asText(), links);
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "null" -> JSON.nullNode();
            default -> JSON.numberNode(NOBODY);
        };
    }

    private ObjectNode object(JsonNode schema, List<String> links, int depth) {
        ObjectNode object = JSON.objectNode();
        schema.path("properties").properties().forEach(property -> {
            boolean required = schema.path("required").toString().contains('"' + property.getKey() + '"');
            if (depth < DEEPEST && (required || random.nextInt(3) > 0)) {
                object.set(property.getKey(), right(property.getValue(), links, depth + 1));
            }
        });
        if (schema.path("additionalProperties").isObject()) {
            object.set(WORD, right(schema.get("additionalProperties"), links, depth + 1));
        }
        return object;
    }

    private ArrayNode array(JsonNode element, List<String> links, int depth) {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(right(element, links, depth + 1));
        }
        return array;
    }

    private JsonNode text(String pattern, List<String> links) {
        if (pattern.startsWith("^/api/")) {
            String prefix = pattern.substring(1, pattern.lastIndexOf(".+"));
            List<String> fitting =
                    links.stream().filter(link -> link.startsWith(prefix)).toList();
            return JSON.textNode(
                    fitting.isEmpty() || random.nextBoolean() ? prefix + NOBODY + "/" : values.oneOf(fitting));
        }
        return JSON.textNode(pattern.startsWith("^\\d{4}") ? "2100-01-01T00:00:00" : WORD);
    }

    private JsonNode spoiled(JsonNode body, BadRequests.Target target) {
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            List<JsonNode> containers = new ArrayList<>();
            collect(body, containers);
            if (!containers.isEmpty()) {
                spoil(values.oneOf(containers), target);
            }
        }
        return body;
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode() && !node.isEmpty()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private void spoil(JsonNode container, BadRequests.Target target) {
        int place = random.nextInt(container.size());
        int way = random.nextInt(8);
        if (container instanceof ArrayNode array) {
            switch (way) {
                case 0 -> array.remove(place);
                case 1, 2 -> array.add(array.get(place).deepCopy());
                case 3 -> array.set(place, nested());
                default -> array.set(place, values.value(WORD, target.fields(), target.links(), 2));
            }
        } else if (container instanceof ObjectNode object) {
            List<String> keys = new ArrayList<>();
            object.fieldNames().forEachRemaining(keys::add);
            String key = keys.get(place);
            switch (way) {
                case 0 -> object.remove(key);
                case 1 -> object.putArray(key);
                case 2 -> object.set(key, nested());
                case 3 -> object.putArray(key).add(values.value(key, target.fields(), target.links(), 1));
                default -> object.set(key, values.value(key, target.fields(), target.links(), 2));
            }
        }
    }

    private JsonNode nested() {
        JsonNode inner = JSON.textNode(values.text());
        for (int i = random.nextInt(1, 200); i > 0; i--) {
            inner = random.nextBoolean()
                    ? JSON.arrayNode().add(inner)
                    : JSON.objectNode().set(WORD, inner);
        }
        return inner;
    }
}
