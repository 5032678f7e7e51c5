package io.burnish.kit.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.Operation;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Wire;
import io.burnish.kit.api.query.Filter;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Page;
import java.util.ArrayList;
import java.util.List;

/** The parameters of queries: filters with their operators, paging, ordering and expansion, as the fields declare them. */
final class QueryParameters {

    private QueryParameters() {}

    /** Of a GET of the list. */
    static ArrayNode ofList(Resource resource, Operation operation) {
        ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
        parameters.add(parameter(
                "limit",
                Shape.integer().keyword("minimum", 0).keyword("default", Page.DEFAULT_LIMIT),
                "Number of objects; 0 means all, which are streamed. More than " + Page.MAX_LIMIT
                        + " are never given otherwise"));
        parameters.add(
                parameter("offset", Shape.integer().keyword("minimum", 0).keyword("default", 0), "Objects to skip"));
        if (operation.work() instanceof Operation.ReadTable) {
            order(resource, parameters);
            resource.fields().stream()
                    .filter(field -> field.filter() != null)
                    .forEach(field -> filters(field, parameters));
            resource.parameters()
                    .forEach((name, condition) -> parameters.add(parameter(name, Shape.text(), condition.help())));
            expansion(resource, parameters);
        }
        return parameters;
    }

    /** Of a GET of one object, or of several by id. */
    static ArrayNode ofObject(Resource resource) {
        ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
        expansion(resource, parameters);
        return parameters;
    }

    /** A parameter that an operation declares. */
    static ObjectNode of(Wire.QueryParameter declared) {
        ObjectNode parameter = parameter(
                declared.name(),
                declared.repeated() ? Shape.list(declared.shape()) : declared.shape(),
                declared.help());
        if (declared.required()) {
            parameter.put("required", true);
        }
        return parameter;
    }

    private static void order(Resource resource, ArrayNode parameters) {
        List<String> keys = new ArrayList<>();
        resource.fields().stream().filter(Field::orderable).forEach(field -> {
            keys.add(field.name());
            keys.add("-" + field.name());
        });
        if (!keys.isEmpty()) {
            parameters.add(parameter(
                    "order_by",
                    Shape.list(Shape.oneOf(keys.toArray(String[]::new))),
                    "Keys, the first has priority; with - descending"));
        }
    }

    private static void filters(Field field, ArrayNode parameters) {
        filters(field.name(), field.filter(), parameters);
        field.filter().deeper().forEach((name, deeper) -> filters(field.name() + "__" + name, deeper, parameters));
    }

    private static void filters(String path, Filter filter, ArrayNode parameters) {
        for (Operator operator : filter.operators()) {
            Shape value = value(filter, operator);
            if (operator == Operator.IN) {
                parameters.add(parameter(path + "__in", Shape.list(value), "One of these; may be repeated"));
            } else {
                String name = operator == Operator.EXACT ? path : path + "__" + operator.wire();
                parameters.add(parameter(name, value, "Filter: " + operator.wire()));
            }
        }
    }

    private static Shape value(Filter filter, Operator operator) {
        if (!filter.vocabulary().isEmpty()) {
            return Shape.oneOf(filter.vocabulary().keySet().stream().sorted().toArray(String[]::new));
        }
        return switch (filter.type()) {
            case INTEGER, BIG_INTEGER, RELATED ->
                operator.compares() || operator == Operator.IN ? Shape.integer() : Shape.text();
            case FLOAT -> Shape.number();
            case BOOLEAN -> Shape.bool();
            case DATETIME, STRING, LIST, DICT -> Shape.text();
        };
    }

    private static void expansion(Resource resource, ArrayNode parameters) {
        resource.fields().stream()
                .filter(field -> field.relation() != null && field.relation().loader() != null)
                .forEach(field -> parameters.add(parameter(
                        "dehydrate__" + field.name(),
                        Shape.bool().keyword("default", field.relation().full()),
                        "Whether " + field.name() + " is embedded instead of a link, at any depth")));
    }

    private static ObjectNode parameter(String name, Shape shape, String help) {
        ObjectNode parameter = JsonNodeFactory.instance.objectNode();
        parameter.put("name", name).put("in", "query");
        if (!help.isEmpty()) {
            parameter.put("description", help);
        }
        parameter.set("schema", shape.schema());
        return parameter;
    }
}
