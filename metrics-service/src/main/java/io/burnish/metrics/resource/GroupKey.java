package io.burnish.metrics.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value of an attribute as key of a group: the id of an object or of a link to one, else the value (storage 23.1). */
final class GroupKey {

    private static final Pattern LINK = Pattern.compile("/api/\\w+/([^/]+)/");

    private GroupKey() {}

    /** The key; empty for no value and for values that are no key, such as lists. */
    static Optional<String> of(JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode() || value.isArray()) {
            return Optional.empty();
        }
        if (value.isObject()) {
            return of(value.get("id"));
        }
        Matcher link = LINK.matcher(value.asText());
        return Optional.of(link.matches() ? link.group(1) : value.asText());
    }
}
