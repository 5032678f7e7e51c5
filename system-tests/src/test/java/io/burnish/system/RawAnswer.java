package io.burnish.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came back.
 *
 * @param headers values by lower-case name
 */
record RawAnswer(int status, Map<String, List<String>> headers, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null ? "" : values.getLast();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    boolean isJson() {
        return header("Content-Type").startsWith("application/json");
    }

    /** The body as JSON; fails if it is none. */
    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text(), e);
        }
    }

    /** The page that says that no such resource is served. */
    boolean isUnknownUrl() {
        return status == 404 && text().startsWith("<h1>Not Found</h1>");
    }

    @Override
    public String toString() {
        String text = text();
        return status + " " + header("Content-Type") + " "
                + (text.length() <= 300 ? text : text.substring(0, 300) + "...");
    }
}
