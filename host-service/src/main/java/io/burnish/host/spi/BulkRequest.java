package io.burnish.host.spi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Reply;
import io.burnish.kit.call.InternalClient;
import java.util.ArrayList;
import java.util.List;

/** Bodies that are one object or {@code {"objects": […]}}, and their replies (API contract, core 1.15). */
public final class BulkRequest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String OBJECTS = "objects";
    private static final String ERROR = "error";
    private static final String TRACEBACK = "traceback";
    private static final int BAD_REQUEST = 400;

    private BulkRequest() {}

    /** What is done for one element. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does it and returns the result, {@code null} or empty if nothing had to be done.
         *
         * @param index of the element, from 0
         * @throws ApiError if it cannot be done
         * @throws InternalClient.RefusedException if it cannot be done
         */
        JsonNode result(ObjectNode element, int index);
    }

    /**
     * The elements of a body.
     *
     * @throws ApiError 400 if {@code objects} is no list of objects
     */
    public static List<ObjectNode> elements(ObjectNode body) {
        if (!body.has(OBJECTS)) {
            return List.of(body);
        }
        List<ObjectNode> elements = new ArrayList<>();
        for (JsonNode element : body.path(OBJECTS)) {
            if (!(element instanceof ObjectNode object)) {
                throw ApiError.field(OBJECTS, "Must be a list of objects");
            }
            elements.add(object);
        }
        if (!body.path(OBJECTS).isArray()) {
            throw ApiError.field(OBJECTS, "Must be a list of objects");
        }
        return elements;
    }

    /** Does the work for each element, in order and whatever becomes of the others, and answers. */
    public static Reply answer(ObjectNode body, String resultKey, Work work) {
        List<ObjectNode> elements = elements(body);
        return body.has(OBJECTS) ? several(elements, resultKey, work) : one(elements.getFirst(), work);
    }

    private static Reply one(ObjectNode element, Work work) {
        JsonNode result;
        try {
            result = work.result(element, 0);
        } catch (ApiError e) {
            if (e.status() != BAD_REQUEST) {
                throw e;
            }
            throw ApiError.badRequest(fault(null, reason(e)));
        } catch (InternalClient.RefusedException e) {
            throw ApiError.badRequest(fault(null, JSON.textNode(e.refusal().message())));
        }
        boolean nothing = result == null || result.isNull() || result.isContainerNode() && result.isEmpty();
        return nothing ? Reply.noContent() : Reply.accepted(result);
    }

    private static Reply several(List<ObjectNode> elements, String resultKey, Work work) {
        ObjectNode body = JSON.objectNode();
        ArrayNode results = body.putArray(OBJECTS);
        boolean failed = false;
        for (int i = 0; i < elements.size(); i++) {
            ObjectNode entry;
            try {
                entry = JSON.objectNode();
                entry.set(resultKey, work.result(elements.get(i), i));
                entry.putNull(ERROR).putNull(TRACEBACK);
            } catch (ApiError e) {
                failed = true;
                entry = fault(resultKey, reason(e));
            } catch (InternalClient.RefusedException e) {
                failed = true;
                entry = fault(resultKey, JSON.textNode(e.refusal().message()));
            }
            results.add(entry);
        }
        return new Reply.Json(failed ? BAD_REQUEST : 202, body, null);
    }

    private static ObjectNode fault(String resultKey, JsonNode reason) {
        ObjectNode fault = JSON.objectNode();
        if (resultKey != null) {
            fault.putNull(resultKey);
        }
        fault.set(ERROR, reason);
        return fault.putNull(TRACEBACK);
    }

    /** The text of a refusal, or its whole body where that has fields. */
    private static JsonNode reason(ApiError error) {
        JsonNode body = error.body();
        if (body == null) {
            return JSON.textNode("HTTP " + error.status());
        }
        JsonNode text = body.has(ERROR) ? body.get(ERROR) : body.get("error_message");
        return text == null ? body : text;
    }
}
