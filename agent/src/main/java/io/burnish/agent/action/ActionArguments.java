package io.burnish.agent.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.command.ActionFailedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Arguments of an action by name, secrets already unwrapped. */
public record ActionArguments(ObjectNode json) {

    // as it comes from a command line
    private static final Set<String> YES = Set.of("1", "true", "yes", "on");

    /**
     * A text that must be there.
     *
     * @throws ActionFailedException if it is missing or empty
     */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    /** A text or number; empty if absent, null or blank. */
    public Optional<String> optionalText(String name) {
        JsonNode value = json.path(name);
        if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
            return Optional.empty();
        }
        return Optional.of(value.asText());
    }

    /**
     * A whole number that must be there.
     *
     * @throws ActionFailedException if it is missing or not a number
     */
    public int number(String name) {
        try {
            return Integer.parseInt(text(name));
        } catch (NumberFormatException e) {
            throw new ActionFailedException("argument '" + name + "' is not a whole number: " + text(name), e);
        }
    }

    /** A flag; absent, null and 0 are false. */
    public boolean flag(String name) {
        return flag(name, false);
    }

    /** A flag with a default. */
    public boolean flag(String name, boolean ifAbsent) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return ifAbsent;
        }
        return value.isTextual() ? YES.contains(value.asText().toLowerCase(Locale.ROOT)) : value.asBoolean();
    }

    /** A list of texts; a single text is a list of one, absent is empty. */
    public List<String> texts(String name) {
        return texts(json.path(name));
    }

    /** A list of lists of texts, for example NIDs per MGS server; a flat list is a list of one list. */
    public List<List<String>> textLists(String name) {
        JsonNode value = json.path(name);
        if (value.isArray() && !value.isEmpty() && value.get(0).isArray()) {
            List<List<String>> lists = new ArrayList<>();
            value.forEach(inner -> lists.add(texts(inner)));
            return lists;
        }
        List<String> flat = texts(value);
        return flat.isEmpty() ? List.of() : List.of(flat);
    }

    /** The entries of an object in their order; absent is empty. */
    public Map<String, String> entries(String name) {
        Map<String, String> entries = new LinkedHashMap<>();
        json.path(name)
                .properties()
                .forEach(entry -> entries.put(entry.getKey(), entry.getValue().asText()));
        return entries;
    }

    /** The value as it came; a missing node if absent. */
    public JsonNode raw(String name) {
        return json.path(name);
    }

    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(element -> texts.add(element.asText()));
        } else if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
            texts.add(value.asText());
        }
        return texts;
    }

    private static ActionFailedException missing(String name) {
        return new ActionFailedException("argument '" + name + "' is missing");
    }
}
