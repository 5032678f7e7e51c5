package io.burnish.kit.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is wrong with a submitted object, by field; all of it is reported together. */
public final class FormErrors {

    /** Message of a field that has to be there. */
    public static final String REQUIRED = "This field is required.";

    private final Map<String, List<String>> messages = new LinkedHashMap<>();

    /** Notes a message of a field; {@code __all__} for the object as a whole. */
    public void add(String field, String message) {
        messages.computeIfAbsent(field, name -> new ArrayList<>()).add(message);
    }

    /** Whether nothing is wrong with a field. */
    public boolean none(String field) {
        return !messages.containsKey(field);
    }

    /** Everything in one line; empty if nothing is wrong. */
    @Override
    public String toString() {
        return messages.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + String.join(" ", entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    /**
     * Does nothing if nothing is wrong.
     *
     * @throws ApiError 400 with all messages otherwise
     */
    public void refuseIfAny() {
        if (!messages.isEmpty()) {
            throw ApiError.fields(messages);
        }
    }
}
