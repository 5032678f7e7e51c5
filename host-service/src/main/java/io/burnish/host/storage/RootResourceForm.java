package io.burnish.host.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.FormErrors;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values of a resource that a user enters, cast to the types of their attributes.
 *
 * @param values by attribute, without passwords
 * @param passwords by attribute
 */
record RootResourceForm(ClassDeclaration type, ObjectNode values, Map<String, String> passwords) {

    static final String MANDATORY = "This field is mandatory";
    private static final int LONGEST = 4096;

    /**
     * Reads attribute values; what is wrong is noted.
     *
     * @param present stored values, which stay where nothing is sent; {@code null} for a new resource
     */
    static RootResourceForm of(ClassDeclaration type, ObjectNode sent, ObjectNode present, FormErrors errors) {
        RootResourceForm form = new RootResourceForm(
                type,
                present == null ? JsonNodeFactory.instance.objectNode() : present.deepCopy(),
                new LinkedHashMap<>());
        form.read(sent, name -> type.attribute(name).isPresent(), present != null, errors);
        return form;
    }

    /** Reads the values of a resource that a scan has found; references are not among them. */
    static RootResourceForm found(ClassDeclaration type, ObjectNode sent, FormErrors errors) {
        RootResourceForm form =
                new RootResourceForm(type, JsonNodeFactory.instance.objectNode(), new LinkedHashMap<>());
        form.read(
                sent,
                name -> type.attribute(name)
                        .filter(attribute -> !attribute.reference())
                        .isPresent(),
                false,
                errors);
        return form;
    }

    private void read(ObjectNode sent, java.util.function.Predicate<String> known, boolean stored, FormErrors errors) {
        sent.fieldNames().forEachRemaining(name -> {
            if (!known.test(name)) {
                errors.add(name, "%s has no attribute of this name".formatted(type.name()));
            }
        });
        for (AttributeDeclaration attribute : type.attributes()) {
            if (!known.test(attribute.name())) {
                continue;
            }
            JsonNode value = sent.path(attribute.name());
            if (value.isMissingNode() || value.isNull()) {
                absent(attribute, value.isNull(), stored, errors);
            } else {
                take(attribute, value, errors);
            }
        }
    }

    private void absent(AttributeDeclaration attribute, boolean sentNull, boolean stored, FormErrors errors) {
        if (stored && !sentNull) {
            return;
        }
        JsonNode otherwise = attribute.defaultValue();
        if (otherwise != null && !otherwise.isNull()) {
            values.set(attribute.name(), otherwise);
        } else if (attribute.optional()) {
            values.putNull(attribute.name());
        } else {
            errors.add(attribute.name(), MANDATORY);
        }
    }

    private void take(AttributeDeclaration attribute, JsonNode value, FormErrors errors) {
        String name = attribute.name();
        String text = value.isContainerNode() ? null : value.asText();
        switch (attribute.type()) {
            case "Boolean" -> {
                if (value.isBoolean()) {
                    values.set(name, value);
                } else {
                    errors.add(name, "Must be true or false");
                }
            }
            case "Integer", "Bytes" -> {
                if (text != null && text.strip().matches("-?\\d{1,18}")) {
                    values.put(name, new BigInteger(text.strip()).longValueExact());
                } else {
                    errors.add(name, "Must be a whole number");
                }
            }
            case "Enum" -> {
                if (attribute.options().contains(text)) {
                    values.put(name, text);
                } else {
                    errors.add(name, "Must be one of " + String.join(", ", attribute.options()));
                }
            }
            case AttributeDeclaration.REFERENCE -> errors.add(name, "References are set by the plug-in");
            default -> text(attribute, text, errors);
        }
    }

    private void text(AttributeDeclaration attribute, String text, FormErrors errors) {
        if (text == null || text.length() > LONGEST || text.indexOf('\0') >= 0) {
            errors.add(attribute.name(), "Must be text of at most %d characters".formatted(LONGEST));
        } else if (text.isBlank() && !attribute.optional()) {
            errors.add(attribute.name(), MANDATORY);
        } else if (attribute.password()) {
            passwords.put(attribute.name(), text);
            values.put(attribute.name(), true);
        } else {
            values.put(attribute.name(), text);
        }
    }

    /** JSON text of the identifying values. */
    String identity() {
        ArrayNode identity = JsonNodeFactory.instance.arrayNode();
        type.identifiers().forEach(name -> identity.add(values.get(name)));
        return identity.toString();
    }

    /** The default name. */
    String name() {
        StringBuilder name = new StringBuilder(type.displayName());
        type.identifiers().forEach(attribute -> name.append(' ')
                .append(values.path(attribute).asText()));
        return name.toString();
    }
}
