package io.burnish.agent.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.Set;

/**
 * Secrets among the arguments of an action. The hub delivers them as {@code {"$secretValue": "…"}}; a value under a name that says
 * it is a password counts as well.
 *
 * @param plain arguments with the values in place
 * @param redacted arguments without them, for the disk
 * @param values what must never be shown
 */
record Secrets(ObjectNode plain, ObjectNode redacted, Set<String> values) {

    private static final String WRAPPER = "$secretValue";
    private static final Set<String> PASSWORD_NAMES = Set.of("password", "pcs_password");

    /** Separates secrets from other arguments. */
    static Secrets in(ObjectNode arguments) {
        Set<String> values = new HashSet<>();
        ObjectNode plain = (ObjectNode) copy(null, arguments, false, values);
        ObjectNode redacted = (ObjectNode) copy(null, arguments, true, values);
        return new Secrets(plain, redacted, Set.copyOf(values));
    }

    /** Whether the arguments cannot be used without the hub sending them again. */
    boolean any() {
        return !values.isEmpty();
    }

    private static JsonNode copy(String name, JsonNode node, boolean redact, Set<String> values) {
        if (node.isObject() && node.has(WRAPPER)) {
            return secret(node.get(WRAPPER).asText(), redact, values);
        }
        if (node.isTextual() && name != null && PASSWORD_NAMES.contains(name)) {
            return secret(node.asText(), redact, values);
        }
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(entry -> copy.set(entry.getKey(), copy(entry.getKey(), entry.getValue(), redact, values)));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> copy.add(copy(name, element, redact, values)));
            return copy;
        }
        return node;
    }

    private static JsonNode secret(String value, boolean redact, Set<String> values) {
        if (!value.isEmpty()) {
            values.add(value);
        }
        return TextNode.valueOf(redact ? "" : value);
    }
}
