package io.burnish.filesystem.creation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.ApiError;

/**
 * What is wrong with a creation, in the nested shape of the API contract (storage 2.3): objects under {@code mgt}, {@code mdts} and
 * {@code osts}, also when they are empty, and lists of messages under the other fields.
 */
final class FieldErrors {

    private final ObjectNode body = JsonNodeFactory.instance.objectNode();
    private boolean any;

    FieldErrors() {
        body.putObject("mgt");
        body.putObject("mdts");
        body.putObject("osts");
    }

    void add(String field, String message) {
        any = true;
        body.withArray("/" + field).add(message);
    }

    void add(String target, String field, String message) {
        any = true;
        // of several elements of a list the last one is heard (API contract, storage 2.3)
        ((ObjectNode) body.get(target)).putArray(field).add(message);
    }

    /** Reports a refusal of another service, whose field may be nested: {@code osts.volume_id}. */
    static ApiError refused(String field, String message) {
        FieldErrors errors = new FieldErrors();
        int dot = field == null ? -1 : field.indexOf('.');
        if (dot > 0) {
            errors.add(field.substring(0, dot), field.substring(dot + 1), message);
        } else {
            errors.add(field == null || field.isEmpty() ? "__all__" : field, message);
        }
        return ApiError.badRequest(errors.body);
    }

    void throwIfAny() {
        if (any) {
            throw ApiError.badRequest(body);
        }
    }
}
