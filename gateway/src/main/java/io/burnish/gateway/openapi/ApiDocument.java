package io.burnish.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.gateway.route.Route;
import io.burnish.gateway.route.RouteTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The OpenAPI document of the whole API: the gateway's frame with the parts of all services in it. A path counts only as part of the
 * service that requests for it are routed to. {@code x-parts} says of each service whether its part is current.
 */
final class ApiDocument {

    private static final String FRAME = "/openapi/frame.json";
    private static final String SCHEMAS = "#/components/schemas/";

    private ApiDocument() {}

    /** The parts put together. */
    static ObjectNode of(Map<ServiceName, Parts.Part> parts) {
        ObjectNode document = frame();
        Map<String, JsonNode> paths = new TreeMap<>();
        document.get("paths").properties().forEach(path -> paths.put(path.getKey(), path.getValue()));
        ObjectNode schemas = document.withObject("/components/schemas");
        ObjectNode told = document.putObject("x-parts");
        Set<String> resources = new TreeSet<>();
        parts.forEach((service, part) -> {
            told.put(service.wire(), told(part));
            if (part.description() != null) {
                part.description().path("paths").properties().forEach(path -> {
                    if (owns(service, path.getKey())) {
                        paths.put(path.getKey(), path.getValue());
                        resources.add(path.getKey().split("/")[2]);
                    }
                });
                part.description().at("/components/schemas").properties().forEach(schema -> {
                    if (owns(service, "/api/" + schema.getKey() + "/")) {
                        schemas.set(schema.getKey(), schema.getValue());
                    }
                });
            }
        });
        ObjectNode sorted = document.putObject("paths");
        paths.forEach(sorted::set);
        ArrayNode tags = document.withArray("tags");
        resources.forEach(resource -> tags.addObject().put("name", resource));
        describeUnknown(document, schemas);
        return document;
    }

    private static boolean owns(ServiceName service, String path) {
        return RouteTable.of(path) instanceof Route.Resource(ServiceName owner) && owner == service;
    }

    private static String told(Parts.Part part) {
        if (part.current()) {
            return "current";
        }
        return part.toldAt() == null
                ? "not known: the service has not been reached yet"
                : "as of " + part.toldAt() + ": the service is not available";
    }

    /** A reference to an object of a service that is not known yet must lead somewhere. */
    private static void describeUnknown(ObjectNode document, ObjectNode schemas) {
        for (JsonNode reference : document.findValues("$ref")) {
            String name = reference.asText();
            if (name.startsWith(SCHEMAS) && !schemas.has(name.substring(SCHEMAS.length()))) {
                schemas.putObject(name.substring(SCHEMAS.length()))
                        .put("type", "object")
                        .put("description", "Belongs to a service that has not been reached yet.");
            }
        }
    }

    private static ObjectNode frame() {
        try (InputStream frame = ApiDocument.class.getResourceAsStream(FRAME)) {
            return ContractJson.read(frame.readAllBytes(), ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
