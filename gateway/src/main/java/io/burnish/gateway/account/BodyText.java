package io.burnish.gateway.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.FormErrors;
import java.util.Optional;

/** Text values of a submitted object. */
final class BodyText {

    private BodyText() {}

    /** The text under a key; empty if it is absent, null, or an error that is noted. Numbers count as their digits. */
    static Optional<String> of(ObjectNode body, String key, FormErrors errors) {
        JsonNode value = body.get(key);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (value.isContainerNode()) {
            errors.add(key, "This value must be text.");
            return Optional.empty();
        }
        String text = value.asText();
        if (text.indexOf('\0') >= 0) {
            errors.add(key, "Null characters are not allowed.");
            return Optional.empty();
        }
        return Optional.of(text);
    }
}
