package io.burnish.kit.api.query;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which relation fields the caller wants embedded or as links (API contract, core 1.9). */
public record Expansion(Map<String, Boolean> flags) {

    /** Every field as declared. */
    public static final Expansion DECLARED = new Expansion(Map.of());

    private static final String PREFIX = "dehydrate__";
    private static final Set<String> LINK = Set.of("false", "False", "0", "None");

    /** Reads the flags of a request. */
    public static Expansion of(Parameters parameters) {
        Map<String, Boolean> flags = new HashMap<>();
        for (String name : parameters.names()) {
            if (name.startsWith(PREFIX)) {
                flags.put(
                        name.substring(PREFIX.length()),
                        !LINK.contains(parameters.last(name).orElse("")));
            }
        }
        return flags.isEmpty() ? DECLARED : new Expansion(flags);
    }

    /** Whether a field is to be embedded. */
    public boolean full(String field, boolean declared) {
        return flags.getOrDefault(field, declared);
    }

    /** The flags inside an embedded field: its own is off there, so that expansion ends. */
    public Expansion inside(String field) {
        if (!flags.containsKey(field)) {
            return this;
        }
        Map<String, Boolean> inner = new HashMap<>(flags);
        inner.remove(field);
        return new Expansion(inner);
    }
}
