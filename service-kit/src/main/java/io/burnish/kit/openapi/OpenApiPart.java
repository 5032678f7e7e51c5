package io.burnish.kit.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.Operation;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.vertx.core.http.HttpMethod;
import java.util.Collection;
import java.util.Locale;

/**
 * A service's part of the OpenAPI document: the paths of the resources that it declares, and the schemas of their objects. References
 * to objects of other services lead to their parts; the gateway puts the parts together.
 */
public final class OpenApiPart {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OpenApiPart() {}

    /** {@code {"paths": …, "components": {"schemas": …}}}. */
    public static ObjectNode of(Collection<Resource> resources) {
        ObjectNode part = JSON.objectNode();
        ObjectNode paths = part.putObject("paths");
        ObjectNode schemas = part.putObject("components").putObject("schemas");
        for (Resource resource : resources) {
            schemas.set(resource.name(), ObjectSchemas.answered(resource));
            list(resource, paths);
            schema(resource, paths);
            set(resource, paths);
            extras(resource, paths);
            detail(resource, paths);
        }
        return part;
    }

    private static void list(Resource resource, ObjectNode paths) {
        resource.list().forEach((method, operation) -> {
            ArrayNode parameters = method == HttpMethod.GET && !(operation.work() instanceof Operation.Custom)
                    ? QueryParameters.ofList(resource, operation)
                    : JSON.arrayNode();
            add(
                    paths,
                    resource.path(),
                    method,
                    new OperationDescription(resource, method, "list", false).of(operation, parameters));
        });
    }

    private static void schema(Resource resource, ObjectNode paths) {
        if (resource.legacy()) {
            add(
                    paths,
                    resource.path() + "schema/",
                    HttpMethod.GET,
                    new OperationDescription(resource, HttpMethod.GET, "schema", false)
                            .read(
                                    "Fields, filters, orderings and methods",
                                    resource.schemaAccess(),
                                    JSON.arrayNode(),
                                    Shape.of("ResourceSchema")));
        }
    }

    private static void set(Resource resource, ObjectNode paths) {
        if (resource.table().isPresent()) {
            Shape found = Shape.object()
                    .with("objects", Shape.list(Shape.of(resource.name())))
                    .optionally("not_found", Shape.list(Shape.text()));
            ArrayNode parameters = QueryParameters.ofObject(resource);
            parameters.insert(0, pathParameter("ids", Shape.text().help("Ids, separated by semicolons")));
            add(
                    paths,
                    resource.path() + "set/{ids}/",
                    HttpMethod.GET,
                    new OperationDescription(resource, HttpMethod.GET, "set", true)
                            .read("Several by id", resource.setAccess(), parameters, found));
        }
    }

    private static void extras(Resource resource, ObjectNode paths) {
        for (Resource.Extra extra : resource.extras()) {
            String path = resource.path() + (extra.detail() ? "{id}/" : "") + extra.path() + "/";
            String form = (extra.detail() ? "" : "list_") + extra.path().replace('/', '_');
            extra.methods().forEach((method, operation) -> {
                ArrayNode parameters = JSON.arrayNode();
                if (extra.detail()) {
                    parameters.add(id(resource));
                }
                add(
                        paths,
                        path,
                        method,
                        new OperationDescription(resource, method, form, extra.detail()).of(operation, parameters));
            });
        }
    }

    private static void detail(Resource resource, ObjectNode paths) {
        resource.detail().forEach((method, operation) -> {
            ArrayNode parameters = method == HttpMethod.GET && operation.work() instanceof Operation.ReadTable
                    ? QueryParameters.ofObject(resource)
                    : JSON.arrayNode();
            parameters.insert(0, id(resource));
            add(
                    paths,
                    resource.path() + "{id}/",
                    method,
                    new OperationDescription(resource, method, "detail", true).of(operation, parameters));
        });
    }

    private static ObjectNode id(Resource resource) {
        boolean number = resource.table().map(table -> !table.textId()).orElse(false);
        return pathParameter("id", number ? Shape.integer() : Shape.text());
    }

    private static ObjectNode pathParameter(String name, Shape shape) {
        ObjectNode parameter =
                JSON.objectNode().put("name", name).put("in", "path").put("required", true);
        parameter.set("schema", shape.schema());
        return parameter;
    }

    private static void add(ObjectNode paths, String path, HttpMethod method, ObjectNode operation) {
        paths.withObject("/" + path.replace("~", "~0").replace("/", "~1"))
                .set(method.name().toLowerCase(Locale.ROOT), operation);
    }
}
