package io.burnish.filesystem.creation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.call.Refusal;
import io.burnish.kit.api.ApiError;
import java.util.List;
import java.util.Map;

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

    /** Notes what is wrong with parameters, by parameter; of a target's with its list, of the file system's with {@code null}. */
    void parameters(String target, Map<String, List<String>> problems) {
        ObjectNode place = target == null ? body : (ObjectNode) body.get(target);
        problems.forEach((name, messages) -> {
            any = true;
            ArrayNode texts = JsonNodeFactory.instance.arrayNode();
            messages.forEach(texts::add);
            place.withObject("/conf_params").set(name, texts);
        });
    }

    /** Reports a refusal at a field, which may be nested: {@code osts.volume_id}. */
    static ApiError refused(String field, String message) {
        return refused(new Refusal(field, message, null));
    }

    /** Reports what another service refuses. */
    static ApiError refused(Refusal refusal) {
        FieldErrors errors = new FieldErrors();
        errors.addAll(refusal);
        return ApiError.badRequest(errors.body);
    }

    /** Notes all that another service refuses. */
    void addAll(Refusal refusal) {
        add(refusal);
        refusal.others().forEach(this::add);
    }

    private void add(Refusal refusal) {
        String field = refusal.field();
        int dot = field == null ? -1 : field.indexOf('.');
        if (dot > 0) {
            add(field.substring(0, dot), field.substring(dot + 1), refusal.message());
        } else {
            add(field == null || field.isEmpty() ? "__all__" : field, refusal.message());
        }
    }

    boolean any() {
        return any;
    }

    void throwIfAny() {
        if (any) {
            throw ApiError.badRequest(body);
        }
    }
}
