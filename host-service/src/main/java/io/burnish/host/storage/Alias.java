package io.burnish.host.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.kit.api.FormErrors;
import java.util.Optional;

/** The name that a user gives a resource (API contract, storage 7.4). */
final class Alias {

    static final String FIELD = "alias";
    private static final int LONGEST = 64;

    private Alias() {}

    /** Reads it; empty if it is null or wrong, which is noted. */
    static Optional<String> of(JsonNode value, FormErrors errors) {
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        String text = value.isTextual() ? value.asText() : "";
        if (text.isBlank()) {
            errors.add(FIELD, "May not be blank");
        } else if (!text.strip().equals(text)) {
            errors.add(FIELD, "No trailing whitespace allowed");
        } else if (text.length() > LONGEST) {
            errors.add(
                    FIELD,
                    "Ensure this value has at most %d characters (it has %d).".formatted(LONGEST, text.length()));
        } else if (text.chars().anyMatch(Character::isISOControl)) {
            errors.add(FIELD, "Control characters are not allowed.");
        } else {
            return Optional.of(text);
        }
        return Optional.empty();
    }
}
