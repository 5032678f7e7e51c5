package io.burnish.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers of the API that are kept as files {@code wire/<name>.json}, with their keys in order. What differs from run to run is replaced: the
 * objects of a type are numbered from 1 as they appear, whatever their ids, which keep their JSON type; times are all the same.
 */
public final class GoldenWire {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LINK = Pattern.compile("/api/([a-z_]+)/(\\d+)/");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{6})?(\\+00:00)?");
    /** What makes names in Pacemaker unique. */
    private static final Pattern SUFFIX = Pattern.compile("_[0-9a-f]{6}$");

    private final Map<String, Map<String, Integer>> numbers = new HashMap<>();

    private GoldenWire() {}

    /**
     * Fails if an answer is not that of the file.
     *
     * @param words names that a test has made up, and what stands for them in the file
     */
    public static void check(String name, JsonNode answer, Map<String, String> words) {
        String text = answer.toString();
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replace(word.getKey(), word.getValue());
        }
        GoldenFiles.check("wire/" + name + ".json", text(new GoldenWire().same(json(text), null, null)));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String text(JsonNode json) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private int number(String type, String id) {
        Map<String, Integer> known = numbers.computeIfAbsent(type, any -> new HashMap<>());
        return known.computeIfAbsent(id, any -> known.size() + 1);
    }

    /**
     * @param key under which the value stands; {@code null}: none
     * @param owner type of the object in which it stands; {@code null}: unknown
     */
    private JsonNode same(JsonNode value, String key, String owner) {
        return switch (value) {
            case ObjectNode object -> object(object, key);
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> copy.add(same(element, key, owner)));
                yield copy;
            }
            default -> value.isNull() ? value : scalar(value, key, owner);
        };
    }

    private ObjectNode object(ObjectNode object, String key) {
        Matcher link = LINK.matcher(object.path("resource_uri").asText());
        String type;
        if (link.matches()) {
            type = link.group(1);
        } else if (object.path("resource").isTextual()) {
            type = object.get("resource").asText();
        } else {
            type = key == null ? null : key.replaceFirst("s$", "");
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        TreeSet<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> copy.set(name, same(object.get(name), name, type)));
        return copy;
    }

    private JsonNode scalar(JsonNode value, String key, String owner) {
        String type = typeOfId(key, owner);
        if (type != null && value.isIntegralNumber()) {
            return JsonNodeFactory.instance.numberNode(number(type, value.asText()));
        }
        if (type != null && value.asText().matches("\\d+")) {
            return JsonNodeFactory.instance.textNode(Integer.toString(number(type, value.asText())));
        }
        return value.isTextual() ? JsonNodeFactory.instance.textNode(text(value.asText())) : value;
    }

    private static String typeOfId(String key, String owner) {
        if ("id".equals(key)) {
            return owner;
        }
        return key == null || !key.endsWith("_id") || key.equals("content_type_id")
                ? null
                : key.replaceFirst("_id$", "");
    }

    private String text(String text) {
        String linked = LINK.matcher(text)
                .replaceAll(link -> "/api/%s/%d/".formatted(link.group(1), number(link.group(1), link.group(2))));
        String timed = TIME.matcher(linked)
                .replaceAll(time -> "2019-05-02T09:30:00.123456" + (time.group(1) == null ? "" : time.group(1)));
        return SUFFIX.matcher(timed).replaceAll("_8f3c1a");
    }
}
