package io.burnish.kit.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The form of a JSON value in a body or an answer: a JSON Schema, for OpenAPI 3.1. Shapes do not change; every method gives another
 * one. In answers an object has only the keys that are declared; in bodies further keys are ignored.
 */
public record Shape(ObjectNode schema) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String TYPE = "type";
    private static final String PROPERTIES = "properties";
    private static final String COMPONENTS = "#/components/schemas/";

    private static Shape typed(String type) {
        return new Shape(JSON.objectNode().put(TYPE, type));
    }

    /** Any value. */
    public static Shape anything() {
        return new Shape(JSON.objectNode());
    }

    /** Text. */
    public static Shape text() {
        return typed("string");
    }

    /** A whole number. */
    public static Shape integer() {
        return typed("integer");
    }

    /** A number. */
    public static Shape number() {
        return typed("number");
    }

    /** True or false. */
    public static Shape bool() {
        return typed("boolean");
    }

    /** A point in time, with or without an offset (core 1.10). */
    public static Shape time() {
        return text().pattern("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?(\\+00:00)?$");
    }

    /** One of some words. */
    public static Shape oneOf(String... words) {
        Shape text = text();
        ArrayNode values = text.schema.putArray("enum");
        List.of(words).forEach(values::add);
        return text;
    }

    /** The path of an object of a resource. */
    public static Shape link(String resource) {
        return text().pattern("^/api/" + resource + "/.+/$");
    }

    /** A complete object of a resource, of whatever service, or another component of the document. */
    public static Shape of(String resource) {
        return new Shape(JSON.objectNode().put("$ref", COMPONENTS + resource));
    }

    /** A list. */
    public static Shape list(Shape element) {
        Shape list = typed("array");
        list.schema.set("items", element.schema);
        return list;
    }

    /** An object whose keys are data. */
    public static Shape map(Shape value) {
        Shape map = typed("object");
        map.schema.set("additionalProperties", value.schema);
        return map;
    }

    /** An object without keys yet. */
    public static Shape object() {
        Shape object = typed("object");
        object.schema.putObject(PROPERTIES);
        return object;
    }

    /** Any of several. */
    public static Shape anyOf(Shape... shapes) {
        ObjectNode schema = JSON.objectNode();
        ArrayNode any = schema.putArray("anyOf");
        for (Shape shape : shapes) {
            any.add(shape.schema);
        }
        return new Shape(schema);
    }

    /** An object with a further key, which is always there, or must be sent. */
    public Shape with(String key, Shape value) {
        Shape more = optionally(key, value);
        more.schema.withArray("required").add(key);
        return more;
    }

    /** An object with a further key, which may be missing. */
    public Shape optionally(String key, Shape value) {
        ObjectNode more = schema.deepCopy();
        more.withObject("/" + PROPERTIES).set(key, value.schema);
        return new Shape(more);
    }

    /** Or null. */
    public Shape orNull() {
        if (schema.path(TYPE).isTextual()) {
            ObjectNode more = schema.deepCopy();
            more.putArray(TYPE).add(schema.get(TYPE)).add("null");
            if (more.has("enum")) {
                more.withArray("enum").addNull();
            }
            return new Shape(more);
        }
        return schema.isEmpty() ? this : anyOf(this, typed("null"));
    }

    /** With a sentence about it. */
    public Shape help(String text) {
        ObjectNode more = schema.deepCopy();
        more.put("description", text);
        return new Shape(more);
    }

    /** Text that matches a regular expression. */
    public Shape pattern(String expression) {
        ObjectNode more = schema.deepCopy();
        more.put("pattern", expression);
        return new Shape(more);
    }

    /** With a further keyword of JSON Schema, for example {@code minimum}. */
    public Shape keyword(String keyword, int value) {
        ObjectNode more = schema.deepCopy();
        more.put(keyword, value);
        return new Shape(more);
    }

    /** With a further keyword of JSON Schema. */
    public Shape keyword(String keyword, boolean value) {
        ObjectNode more = schema.deepCopy();
        more.put(keyword, value);
        return new Shape(more);
    }
}
