package io.burnish.kit.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.kit.api.Field;
import io.burnish.kit.api.FieldTraits;
import io.burnish.kit.api.Relation;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;

/** JSON Schemas of a resource's objects, from its fields. */
final class ObjectSchemas {

    private static final String ADDITIONAL = "additionalProperties";
    private static final String PROPERTIES = "properties";

    private ObjectSchemas() {}

    /** An object as it is answered: exactly the declared fields, but for those that are only sent. */
    static ObjectNode answered(Resource resource) {
        Shape object = Shape.object();
        for (Field field : resource.fields()) {
            if (onlySent(field)) {
                continue;
            }
            object = field.traits().absentWhenNull()
                    ? object.optionally(field.name(), answered(field))
                    : object.with(field.name(), answered(field));
        }
        return closed(object.schema());
    }

    private static boolean onlySent(Field field) {
        return field.sql() == null
                && field.supplement() == null
                && field.traits().absentWhenNull()
                && !field.traits().readOnly();
    }

    /**
     * An object as it is sent: the fields that are not read-only.
     *
     * @param whole the object is created: what has no default must be there
     */
    static ObjectNode sent(Resource resource, boolean whole) {
        Shape object = Shape.object();
        for (Field field : resource.fields()) {
            FieldTraits traits = field.traits();
            if (!traits.readOnly()) {
                boolean required = whole && !traits.blank() && !traits.nullable();
                object = required
                        ? object.with(field.name(), sent(field))
                        : object.optionally(field.name(), sent(field));
            }
        }
        return object.schema();
    }

    /** A schema in which no object has keys that are not declared. */
    static ObjectNode closed(ObjectNode schema) {
        ObjectNode copy = schema.deepCopy();
        close(copy);
        return copy;
    }

    /** Names of fields are no keywords: a field can be called {@code properties}. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            JsonNode properties = object.path(PROPERTIES);
            if (properties.isObject() && !object.has(ADDITIONAL)) {
                object.put(ADDITIONAL, false);
            }
            properties.forEach(ObjectSchemas::close);
            object.properties().stream()
                    .filter(keyword -> !keyword.getKey().equals(PROPERTIES))
                    .forEach(keyword -> close(keyword.getValue()));
        } else {
            schema.forEach(ObjectSchemas::close);
        }
    }

    private static Shape answered(Field field) {
        Shape value = field.relation() == null ? plain(field) : related(field.relation());
        return described(field, field.traits().nullable() && !field.traits().absentWhenNull() ? value.orNull() : value);
    }

    private static Shape sent(Field field) {
        Shape value = field.relation() == null ? plain(field) : linked(field.relation());
        Shape described = described(field, field.traits().nullable() ? value.orNull() : value);
        Object otherwise = field.traits().defaultValue();
        if (otherwise != null && ContractJson.mapper().valueToTree(otherwise).isValueNode()) {
            described.schema().set("default", ContractJson.mapper().valueToTree(otherwise));
        }
        return described;
    }

    private static Shape described(Field field, Shape value) {
        return field.traits().help().isEmpty()
                ? value
                : value.help(field.traits().help());
    }

    private static Shape plain(Field field) {
        FieldTraits traits = field.traits();
        if (traits.shape() != null) {
            return traits.shape();
        }
        if (!traits.enumeration().isEmpty()) {
            return Shape.oneOf(traits.enumeration().toArray(String[]::new));
        }
        return switch (field.type()) {
            case STRING, RELATED -> Shape.text();
            case BIG_INTEGER -> Shape.text().pattern("^-?\\d+$");
            case INTEGER -> Shape.integer();
            case FLOAT -> Shape.number();
            case BOOLEAN -> Shape.bool();
            case DATETIME -> Shape.time();
            case LIST -> Shape.list(Shape.anything());
            case DICT -> Shape.map(Shape.anything());
        };
    }

    /** A link, or the object where one is embedded. */
    private static Shape related(Relation relation) {
        Shape link = Shape.link(relation.resource());
        Shape one = relation.loader() == null ? link : Shape.anyOf(Shape.of(relation.resource()), link);
        return relation.many() ? Shape.list(one) : one;
    }

    /** A link, or an object that has one. */
    private static Shape linked(Relation relation) {
        Shape link = Shape.link(relation.resource());
        Shape one = Shape.anyOf(link, Shape.object().with("resource_uri", link));
        return relation.many() ? Shape.list(one) : one;
    }

    static ArrayNode texts(Iterable<String> values) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        values.forEach(list::add);
        return list;
    }
}
