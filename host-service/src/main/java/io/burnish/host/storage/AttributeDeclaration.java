package io.burnish.host.storage;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An attribute of a class of storage resources.
 *
 * @param label words for people; {@code null}: made from the name
 * @param type one of {@code String}, {@code Password}, {@code Boolean}, {@code Integer}, {@code Bytes}, {@code Enum}, {@code Uuid},
 *     {@code PosixPath}, {@code Hostname}, {@code ResourceReference}
 * @param defaultValue of resources that users create without saying; {@code null}: none
 * @param options of an {@code Enum}
 */
record AttributeDeclaration(
        String name,
        String label,
        @JsonProperty("class") String type,
        boolean optional,
        boolean hidden,
        boolean userReadOnly,
        JsonNode defaultValue,
        List<String> options) {

    static final String REFERENCE = "ResourceReference";
    static final String PASSWORD = "Password";

    AttributeDeclaration {
        options = options == null ? List.of() : List.copyOf(options);
    }

    /** The explicit label, or the name with blanks and a capital. */
    String shownLabel() {
        return label == null ? words(name) : label;
    }

    static String words(String name) {
        String words = name.replace('_', ' ');
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    boolean reference() {
        return type.equals(REFERENCE);
    }

    boolean password() {
        return type.equals(PASSWORD);
    }

    /** Whether the API shows it. */
    boolean shown() {
        return !hidden && !password();
    }
}
