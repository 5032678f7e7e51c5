package io.burnish.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.burnish.standalone.client.ApiReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** The OpenAPI document of the running suite, and whether answers are as it says. Remembers which operations were compared. */
final class ApiDescription {

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final JsonNode document;
    private final TreeMap<String, JsonNode> operations = new TreeMap<>();
    private final Set<String> compared = new TreeSet<>();
    private final List<String> differences = new ArrayList<>();

    ApiDescription(JsonNode document) {
        this.document = document;
        document.get("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> operations.put(
                        method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(), method.getValue())));
    }

    /** What the document violates of the schema of OpenAPI 3.1 documents, and references that lead nowhere. */
    List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        try (InputStream schema = ApiDescription.class.getResourceAsStream("/openapi/openapi-3.1.schema.json")) {
            SCHEMAS.getSchema(schema).validate(document).forEach(message -> mistakes.add(message.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (JsonNode reference : document.findValues("$ref")) {
            if (document.at(reference.asText().substring(1)).isMissingNode()) {
                mistakes.add(reference + " leads nowhere");
            }
        }
        return mistakes;
    }

    /** All operations, as {@code GET /api/host/{id}/}. */
    Set<String> operations() {
        return operations.keySet();
    }

    /** Compares an answer with the description of its operation. */
    void compare(String operation, String request, ApiReply reply) {
        JsonNode described = operations.get(operation);
        if (described == null) {
            differences.add(request + ": " + operation + " is not described");
            return;
        }
        compared.add(operation);
        JsonNode answer = resolved(described.at("/responses/" + reply.status()));
        if (answer.isMissingNode()) {
            differences.add("%s: %d is not described: %s".formatted(request, reply.status(), shortened(reply.body())));
            return;
        }
        JsonNode schema = answer.at("/content/application~1json/schema");
        boolean empty = reply.body().isNull();
        if (schema.isMissingNode()) {
            if (!empty && answer.path("content").isMissingNode()) {
                differences.add("%s: %d has a body, which is not described: %s"
                        .formatted(request, reply.status(), shortened(reply.body())));
            }
        } else if (empty) {
            if (reply.status() < 400) {
                differences.add("%s: %d has no body".formatted(request, reply.status()));
            }
        } else {
            validator(schema)
                    .validate(reply.body())
                    .forEach(message -> differences.add("%s: %d: %s".formatted(request, reply.status(), message)));
        }
    }

    /** Where answers and document differ. */
    List<String> differences() {
        return differences;
    }

    /** Operations that no answer was compared with. */
    Set<String> notCompared() {
        Set<String> missing = new TreeSet<>(operations.keySet());
        missing.removeAll(compared);
        return missing;
    }

    /** The parameters of an operation that must be sent. */
    List<String> required(String operation) {
        return StreamSupport.stream(operations.get(operation).path("parameters").spliterator(), false)
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .filter(parameter -> parameter.path("required").asBoolean())
                .map(parameter -> parameter.path("name").asText())
                .toList();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    private JsonSchema validator(JsonNode schema) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.putArray("allOf").add(schema);
        whole.set("components", document.get("components"));
        return SCHEMAS.getSchema(whole);
    }

    private static String shortened(JsonNode body) {
        String text = body.toString();
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }
}
