package io.burnish.gateway.account;

import io.burnish.kit.api.ApiError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with a submitted object, by field; all of it is reported together. */
final class FormErrors {

    static final String REQUIRED = "This field is required.";

    private final Map<String, List<String>> messages = new LinkedHashMap<>();

    void add(String field, String message) {
        messages.computeIfAbsent(field, name -> new ArrayList<>()).add(message);
    }

    boolean none(String field) {
        return !messages.containsKey(field);
    }

    /**
     * Does nothing if nothing is wrong.
     *
     * @throws ApiError 400 with all messages otherwise
     */
    void refuseIfAny() {
        if (!messages.isEmpty()) {
            throw ApiError.fields(messages);
        }
    }
}
