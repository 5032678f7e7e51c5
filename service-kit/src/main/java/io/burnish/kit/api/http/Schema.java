package io.burnish.kit.api.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.FieldType;
import io.burnish.kit.api.Operation;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Page;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Map;

/** The description of a resource at its schema URL (API contract, core 1.12). */
final class Schema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Schema() {}

    static ObjectNode of(Resource resource) {
        ObjectNode schema = JSON.objectNode();
        schema.set("allowed_detail_http_methods", methods(resource.detail()));
        schema.set("allowed_list_http_methods", methods(resource.list()));
        schema.put("default_format", "application/json");
        schema.put("default_limit", Page.DEFAULT_LIMIT);
        ObjectNode fields = schema.putObject("fields");
        resource.fields().forEach(field -> fields.set(field.name(), field(field)));
        ObjectNode filtering = JSON.objectNode();
        resource.fields().stream()
                .filter(field -> field.filter() != null)
                .forEach(field -> filtering.set(field.name(), operators(field)));
        if (!filtering.isEmpty()) {
            schema.set("filtering", filtering);
        }
        ArrayNode ordering = JSON.arrayNode();
        resource.fields().stream().filter(Field::orderable).forEach(field -> ordering.add(field.name()));
        if (!ordering.isEmpty()) {
            schema.set("ordering", ordering);
        }
        return schema;
    }

    private static ArrayNode methods(Map<HttpMethod, Operation> declared) {
        ArrayNode names = JSON.arrayNode();
        declared.keySet().forEach(method -> names.add(method.name().toLowerCase(Locale.ROOT)));
        return names;
    }

    private static ArrayNode operators(Field field) {
        ArrayNode names = JSON.arrayNode();
        for (Operator operator : field.filter().operators()) {
            names.add(operator.wire());
        }
        return names;
    }

    private static ObjectNode field(Field field) {
        ObjectNode description = JSON.objectNode();
        description.put("blank", field.traits().blank());
        if (field.traits().defaultValue() == null) {
            description.put("default", "No default provided.");
        } else {
            description.set(
                    "default", ContractJson.mapper().valueToTree(field.traits().defaultValue()));
        }
        if (!field.traits().enumeration().isEmpty()) {
            field.traits().enumeration().forEach(description.putArray("enumeration")::add);
        }
        description.put("help_text", field.traits().help());
        description.put("nullable", field.traits().nullable());
        description.put("readonly", field.traits().readOnly());
        if (field.type() == FieldType.RELATED) {
            description.put("related_type", field.relation().many() ? "to_many" : "to_one");
        }
        description.put("type", field.type().schemaName());
        description.put("unique", field.traits().unique());
        return description;
    }
}
