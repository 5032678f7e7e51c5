package io.burnish.kit.api.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.kit.api.ApiError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Bodies of requests: collected up to a limit whatever their type, then read as JSON objects (API contract, core 1.5). What cannot be read
 * is refused in its place in the order of checks, not when it arrives.
 */
final class RequestBody {

    private static final String KEY = RequestBody.class.getName();
    private static final ObjectReader JSON =
            ContractJson.mapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final byte[] NUL = "\\u0000".getBytes(StandardCharsets.US_ASCII);

    private RequestBody() {}

    /** Collects the body, then goes on; one that is too long is refused, one whose client goes away is forgotten. */
    static void collect(RoutingContext context, long limit, Responses responses) {
        HttpServerRequest request = context.request();
        Buffer body = Buffer.buffer();
        request.exceptionHandler(gone -> {});
        request.handler(part -> {
            if (body.length() + part.length() <= limit) {
                body.appendBuffer(part);
            } else if (!request.response().ended()) {
                responses.refuse(request, ApiError.tooLarge(limit));
            }
        });
        request.endHandler(complete -> {
            if (!request.response().ended()) {
                context.put(KEY, body);
                context.next();
            }
        });
    }

    /**
     * The JSON object that was sent; an empty one if nothing was.
     *
     * @throws ApiError 400 if it is something else
     */
    static ObjectNode of(RoutingContext context) {
        Buffer body = context.get(KEY);
        byte[] bytes = body == null ? new byte[0] : body.getBytes();
        if (isBlank(bytes)) {
            return JsonNodeFactory.instance.objectNode();
        }
        String type = context.request().getHeader("Content-Type");
        if (type != null && !type.strip().toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw ApiError.badQuery(
                    "The format indicated '%s' had no available deserialization method.".formatted(type));
        }
        return object(bytes);
    }

    private static ObjectNode object(byte[] bytes) {
        try {
            JsonNode body = JSON.readTree(bytes);
            if (body instanceof ObjectNode object) {
                if (contains(bytes, NUL) && hasNul(object)) {
                    throw ApiError.badQuery("Null characters are not allowed.");
                }
                return object;
            }
        } catch (IOException e) {
            throw ApiError.badQuery("");
        }
        throw ApiError.badQuery("The request body must be a JSON object.");
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return false;
            }
        }
        return true;
    }

    /** Worth looking for: a quick test before the tree is walked. */
    private static boolean contains(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            int same = 0;
            while (same < part.length && bytes[i + same] == part[same]) {
                same++;
            }
            if (same == part.length) {
                return true;
            }
        }
        return false;
    }

    /** PostgreSQL text cannot hold NUL, and nothing in the API means one. */
    private static boolean hasNul(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().indexOf('\0') >= 0;
        }
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            if (property.getKey().indexOf('\0') >= 0) {
                return true;
            }
        }
        for (JsonNode child : node) {
            if (hasNul(child)) {
                return true;
            }
        }
        return false;
    }
}
