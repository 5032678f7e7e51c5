package io.burnish.host.storage;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import java.util.List;
import java.util.Locale;

/** The attributes of a resource as the API shows them: raw value, words for people, label, class (API contract, storage 7.1). Pure. */
final class AttributeJson {

    private static final List<String> UNITS = List.of("bytes", "KB", "MB", "GB", "TB", "PB", "EB");
    private static final TypeReference<List<AttributeDeclaration>> DECLARATIONS = new TypeReference<>() {};

    private AttributeJson() {}

    /**
     * Renders.
     *
     * @param selected JSON text: {@code [values, declarations, names of referred resources by id or null]}
     */
    static Object render(Object selected) {
        ArrayNode parts = ContractJson.read((String) selected, ArrayNode.class);
        List<AttributeDeclaration> declarations = ContractJson.mapper().convertValue(parts.get(1), DECLARATIONS);
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        declarations.stream()
                .filter(AttributeDeclaration::shown)
                .sorted(java.util.Comparator.comparing(AttributeDeclaration::name))
                .forEach(attribute -> {
                    JsonNode value = parts.get(0).path(attribute.name());
                    ObjectNode entry = shown.putObject(attribute.name())
                            .put("class", attribute.type())
                            .put("label", attribute.shownLabel())
                            .put("markup", markup(attribute, value, parts.get(2)));
                    entry.set("raw", raw(attribute, value));
                });
        return shown.toString();
    }

    private static JsonNode raw(AttributeDeclaration attribute, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return NullNode.instance;
        }
        return attribute.reference()
                ? JsonNodeFactory.instance.textNode("/api/storage_resource/" + value.asLong() + "/")
                : value;
    }

    private static String markup(AttributeDeclaration attribute, JsonNode value, JsonNode names) {
        boolean absent = value.isMissingNode() || value.isNull();
        if (attribute.reference()) {
            return absent ? "" : escaped(names.path(value.asText()).asText());
        }
        if (absent) {
            return "None";
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? "True" : "False";
        }
        return attribute.type().equals("Bytes") ? size(value.asDouble()) : escaped(value.asText());
    }

    /** {@code 10737418240} is {@code 10.0GB}. */
    static String size(double bytes) {
        double left = bytes;
        int unit = 0;
        while (left >= 1024 && unit < UNITS.size() - 1) {
            left /= 1024;
            unit++;
        }
        return unit == 0
                ? "%d%s".formatted((long) left, UNITS.getFirst())
                : String.format(Locale.ROOT, "%.1f%s", left, UNITS.get(unit));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
