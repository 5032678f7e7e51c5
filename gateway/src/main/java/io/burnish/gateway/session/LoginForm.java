package io.burnish.gateway.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.ApiError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Name and password of a log-in. */
record LoginForm(String username, String password) {

    private static final String MANDATORY = "This field is mandatory";

    /**
     * Reads the body of {@code POST /api/session/}.
     *
     * @throws ApiError 400 naming what is missing, blank, or no text
     */
    static LoginForm of(ObjectNode body) {
        Map<String, List<String>> errors = new LinkedHashMap<>();
        String username = text(body, "username", errors);
        String password = text(body, "password", errors);
        if (!errors.isEmpty()) {
            throw ApiError.fields(errors);
        }
        return new LoginForm(username, password);
    }

    private static String text(ObjectNode body, String key, Map<String, List<String>> errors) {
        JsonNode value = body.get(key);
        if (value == null || !value.isTextual() || value.textValue().isBlank()) {
            errors.put(key, List.of(MANDATORY));
            return "";
        }
        return value.textValue();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "log-in of " + username;
    }
}
