package io.burnish.kit.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.Operation;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Wire;
import io.burnish.kit.security.Access;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;

/** One operation: what it takes, what it answers, who may. Refusals that every operation can give are components. */
final class OperationDescription {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String RESPONSES = "#/components/responses/";
    private static final String DESCRIPTION = "description";

    private final Resource resource;
    private final HttpMethod method;
    private final boolean detail;
    private final ObjectNode description = JSON.objectNode();

    /** @param detail the URL has an id */
    OperationDescription(Resource resource, HttpMethod method, String form, boolean detail) {
        this.resource = resource;
        this.method = method;
        this.detail = detail;
        description.putArray("tags").add(resource.name());
        description.put("operationId", method.name().toLowerCase(Locale.ROOT) + "_" + resource.name() + "_" + form);
    }

    /** A declared operation. */
    ObjectNode of(Operation operation, ArrayNode parameters) {
        Wire wire = operation.wire();
        if (wire != null) {
            wire.query().forEach(parameter -> parameters.add(QueryParameters.of(parameter)));
        }
        begin(operation.summary(), operation.access(), parameters);
        ObjectNode body = body(wire);
        if (body != null) {
            description.set("requestBody", body);
        }
        ObjectNode responses = description.putObject("responses");
        if (wire == null || wire.answers().isEmpty()) {
            suggested(operation, responses);
        } else {
            wire.answers().forEach((status, answer) -> responses.set(Integer.toString(status), answer(answer)));
        }
        refusals(operation.access(), body != null, responses);
        return description;
    }

    /** A read that follows from the declaration of the resource. */
    ObjectNode read(String summary, Access access, ArrayNode parameters, Shape answer) {
        begin(summary, access, parameters);
        ObjectNode responses = description.putObject("responses");
        responses.set("200", answer(answer));
        refusals(access, false, responses);
        return description;
    }

    private void begin(String summary, Access access, ArrayNode parameters) {
        description.put("summary", summary);
        description.put(DESCRIPTION, who(access));
        if (!parameters.isEmpty()) {
            description.set("parameters", parameters);
        }
        ArrayNode security = description.putArray("security");
        if (access == Access.EVERYBODY) {
            security.addObject();
        }
        ObjectNode session = security.addObject();
        session.putArray("session");
        if (method == HttpMethod.POST) {
            session.putArray("csrf");
        }
        security.addObject().putArray("key");
    }

    private static String who(Access access) {
        return switch (access) {
            case EVERYBODY -> "For everybody.";
            case READ -> "For logged-in users, and for anonymous ones where anonymous reading is switched on.";
            case USER -> "For logged-in users.";
            case FSADMIN -> "For members of filesystem_administrators and superusers.";
            case SUPERUSER -> "For superusers.";
        };
    }

    private ObjectNode body(Wire wire) {
        Shape shape;
        if (wire != null) {
            shape = wire.body();
        } else {
            boolean takes = method == HttpMethod.POST || method == HttpMethod.PUT || method == HttpMethod.PATCH;
            shape = takes ? new Shape(ObjectSchemas.sent(resource, method == HttpMethod.POST)) : null;
        }
        if (shape == null) {
            return null;
        }
        ObjectNode body = JSON.objectNode();
        body.put("required", shape.schema().has("required"));
        body.putObject("content").putObject("application/json").set("schema", shape.schema());
        return body;
    }

    /** What the method of a URL answers when its operation does not say: core 1.14. */
    private void suggested(Operation operation, ObjectNode responses) {
        Shape object = Shape.of(resource.name());
        switch (method.name()) {
            case "POST" -> responses.set("201", answer(object));
            case "PATCH" -> responses.set("202", answer(object));
            case "DELETE" -> responses.set("204", answer(null));
            case "GET" -> responses.set("200", answer(isList(operation) ? envelope(object) : object));
            default -> responses.set("200", answer(object));
        }
    }

    private boolean isList(Operation operation) {
        return !detail
                && (operation.work() instanceof Operation.ReadTable || operation.work() instanceof Operation.Computed);
    }

    private static Shape envelope(Shape object) {
        return Shape.object().with("meta", Shape.of("ListMeta")).with("objects", Shape.list(object));
    }

    private static ObjectNode answer(Shape shape) {
        ObjectNode answer = JSON.objectNode();
        answer.put(DESCRIPTION, shape == null ? "Done; nothing is said." : "Done.");
        if (shape != null) {
            answer.putObject("content")
                    .putObject("application/json")
                    .set("schema", ObjectSchemas.closed(shape.schema()));
        }
        return answer;
    }

    private void refusals(Access access, boolean takesBody, ObjectNode responses) {
        refusal(responses, "400", "Refused");
        if (access != Access.EVERYBODY || method == HttpMethod.POST) {
            refusal(responses, "401", "NotAllowed");
        }
        if (detail) {
            refusal(responses, "404", "NotThere");
        }
        if (takesBody) {
            refusal(responses, "413", "TooLarge");
        }
        refusal(responses, "503", "NotAvailable");
        refusal(responses, "504", "NoAnswer");
    }

    private static void refusal(ObjectNode responses, String status, String component) {
        if (!responses.has(status)) {
            responses.putObject(status).put("$ref", RESPONSES + component);
        }
    }
}
