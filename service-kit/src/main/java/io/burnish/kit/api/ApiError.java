package io.burnish.kit.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A refusal in one of the shapes of the API contract (core 1.13). Thrown anywhere below a request; turned into a response in one
 * place.
 */
public final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String NOT_PROCESSED = "Sorry, this request could not be processed. Please try again later.";

    private final int status;
    private final transient JsonNode body;
    private final transient Map<String, String> headers;

    private ApiError(int status, JsonNode body, Map<String, String> headers) {
        super("HTTP " + status + (body == null ? "" : " " + body), null, false, false);
        this.status = status;
        this.body = body;
        this.headers = headers;
    }

    /** 400 {@code {"error": message}}: bad query parameter, undecodable body. {@code <}, {@code >} and {@code &} are escaped. */
    public static ApiError badQuery(String message) {
        String escaped = message.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return new ApiError(400, JSON.objectNode().put("error", escaped), Map.of());
    }

    /** 400 {@code {field: [message]}}. */
    public static ApiError field(String field, String message) {
        return fields(Map.of(field, List.of(message)));
    }

    /** 400 {@code {field: [messages]}} for several fields. */
    public static ApiError fields(Map<String, ? extends Collection<String>> messages) {
        ObjectNode body = JSON.objectNode();
        messages.forEach((field, texts) -> texts.forEach(body.withArray("/" + pointer(field))::add));
        return new ApiError(400, body, Map.of());
    }

    /** 400 {@code {field: message}}: state errors and job errors are plain text. */
    public static ApiError plainField(String field, String message) {
        return new ApiError(400, JSON.objectNode().put(field, message), Map.of());
    }

    /** 400 with a body of its own shape. */
    public static ApiError badRequest(JsonNode body) {
        return new ApiError(400, body, Map.of());
    }

    /** 401 without a body: not logged in, no CSRF token, or no right. */
    public static ApiError unauthorized() {
        return new ApiError(401, null, Map.of());
    }

    /** 403 without a body, or with one. */
    public static ApiError forbidden(JsonNode body) {
        return new ApiError(403, body, Map.of());
    }

    /** 404 without a body: plain detail of an object that does not exist. */
    public static ApiError notFound() {
        return new ApiError(404, null, Map.of());
    }

    /** 404 with the JSON text: an id of the wrong type, stateful objects, look-ups inside handlers. */
    public static ApiError notFoundJson() {
        return new ApiError(404, JSON.objectNode().put("error_message", NOT_PROCESSED), Map.of());
    }

    /** 408 with a sentence: the client takes too long to send its request. */
    public static ApiError tooSlow(String message) {
        return new ApiError(408, JSON.objectNode().put("error_message", message), Map.of());
    }

    /** 409 with a sentence; only on paths that the legacy contract does not know. */
    public static ApiError conflict(String message) {
        return new ApiError(409, JSON.objectNode().put("error_message", message), Map.of());
    }

    /** 413: the body is larger than allowed. */
    public static ApiError tooLarge(long limit) {
        return new ApiError(
                413,
                JSON.objectNode().put("error_message", "The request body is larger than " + limit + " bytes."),
                Map.of());
    }

    /** 503 with {@code Retry-After}: something that this request needs is away and will be back. */
    public static ApiError unavailable(String message) {
        return new ApiError(503, JSON.objectNode().put("error_message", message), Map.of("Retry-After", "5"));
    }

    /** 504: something that this request needs did not answer in time. */
    public static ApiError timeout(String message) {
        return new ApiError(504, JSON.objectNode().put("error_message", message), Map.of("Retry-After", "5"));
    }

    /** 500 with a reference to the log, and nothing else. */
    public static ApiError defect(String reference) {
        return new ApiError(
                500, JSON.objectNode().put("error_message", NOT_PROCESSED).put("reference", reference), Map.of());
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** JSON body; {@code null} for an empty one. */
    public JsonNode body() {
        return body;
    }

    /** Response headers besides those of the body. */
    public Map<String, String> headers() {
        return headers;
    }

    private static String pointer(String field) {
        return field.replace("~", "~0").replace("/", "~1");
    }
}
