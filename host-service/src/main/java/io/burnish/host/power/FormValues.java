package io.burnish.host.power;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.FormErrors;
import java.util.Optional;

/** Reads the values of a submitted object and notes what is wrong with them. Absent, null and unusable values are empty. */
record FormValues(ObjectNode body, FormErrors errors) {

    /** Whether the key is there, whatever its value. */
    boolean has(String key) {
        return body.has(key);
    }

    /** Text, at most so many characters; blank text is empty. */
    Optional<String> text(String key, int limit) {
        JsonNode value = body.get(key);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (value.isContainerNode()) {
            errors.add(key, "This value must be text.");
            return Optional.empty();
        }
        String text = value.asText();
        if (text.chars().anyMatch(Character::isISOControl)) {
            // they would end a line of what a fence agent reads
            errors.add(key, "Control characters are not allowed.");
            return Optional.empty();
        }
        if (text.length() > limit) {
            errors.add(key, "Ensure this value has at most %d characters (it has %d).".formatted(limit, text.length()));
            return Optional.empty();
        }
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    /** Text that has to be there. */
    Optional<String> required(String key, int limit) {
        Optional<String> text = text(key, limit);
        if (text.isEmpty() && errors.none(key)) {
            errors.add(key, FormErrors.REQUIRED);
        }
        return text;
    }

    /** A whole number from 0, as a number or as its digits. */
    Optional<Integer> whole(String key, int most) {
        JsonNode value = body.get(key);
        if (value == null
                || value.isNull()
                || value.isTextual() && value.asText().isBlank()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber()
                && !(value.isTextual() && value.asText().strip().matches("[+-]?\\d+"))) {
            errors.add(key, "Enter a whole number.");
            return Optional.empty();
        }
        java.math.BigInteger number = new java.math.BigInteger(value.asText().strip());
        if (number.signum() < 0) {
            errors.add(key, "Ensure this value is greater than or equal to 0.");
            return Optional.empty();
        }
        if (number.compareTo(java.math.BigInteger.valueOf(most)) > 0) {
            errors.add(key, "Ensure this value is less than or equal to %d.".formatted(most));
            return Optional.empty();
        }
        return Optional.of(number.intValue());
    }
}
