package io.burnish.kit.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.burnish.kit.api.query.Filter;
import io.burnish.kit.api.query.Operator;
import io.burnish.kit.api.query.Times;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One field of a resource: what it is called, where it comes from, how it can be filtered and ordered, and how it is described. The
 * one declaration that serializer, filters, schema and OpenAPI follow.
 *
 * @param sql expression selected for it: a value, JSON text for {@code LIST} and {@code DICT} (or a text array), an id or an array
 *     of ids for {@code RELATED}; {@code null} for fields that are only written, which read as null
 * @param map changes the selected value before it is written; never {@code null}
 * @param filter {@code null}: not filterable
 * @param relation {@code null} for plain fields
 * @param supplement where the JSON comes from if not from the row, whose value is the object's id then; else {@code null}
 */
public record Field(
        String name,
        FieldType type,
        String sql,
        Function<Object, Object> map,
        Filter filter,
        boolean orderable,
        boolean nullable,
        boolean readOnly,
        boolean blank,
        boolean unique,
        Object defaultValue,
        List<String> enumeration,
        String help,
        Relation relation,
        Supplement supplement) {

    /**
     * What a relation field points to.
     *
     * @param resource name of the related resource
     * @param many a list of objects
     * @param full embedded unless the caller asks for links
     * @param loader finds what to embed; {@code null}: cannot be embedded
     */
    public record Relation(String resource, boolean many, boolean full, RelationLoader loader) {

        String uri(Object id) {
            return "/api/" + resource + "/" + id + "/";
        }
    }

    private static Field plain(String name, FieldType type, String sql) {
        return plain(name, type, sql, null);
    }

    private static Field plain(String name, FieldType type, String sql, Supplement supplement) {
        return new Field(
                name,
                type,
                sql,
                Function.identity(),
                null,
                false,
                false,
                true,
                false,
                false,
                null,
                List.of(),
                "",
                null,
                supplement);
    }

    /** A whole number. */
    public static Field integer(String name, String sql) {
        return plain(name, FieldType.INTEGER, sql);
    }

    /** A 64-bit number, text on the wire. */
    public static Field bigInteger(String name, String sql) {
        return plain(name, FieldType.BIG_INTEGER, sql);
    }

    /** Text. */
    public static Field text(String name, String sql) {
        return plain(name, FieldType.STRING, sql);
    }

    /** True or false. */
    public static Field bool(String name, String sql) {
        return plain(name, FieldType.BOOLEAN, sql);
    }

    /** A floating point number. */
    public static Field decimal(String name, String sql) {
        return plain(name, FieldType.FLOAT, sql);
    }

    /** A point in time. */
    public static Field datetime(String name, String sql) {
        return plain(name, FieldType.DATETIME, sql);
    }

    /** A list: the expression is a text array, or JSON text. */
    public static Field list(String name, String sql) {
        return plain(name, FieldType.LIST, sql);
    }

    /** An object: the expression is JSON text. */
    public static Field dict(String name, String sql) {
        return plain(name, FieldType.DICT, sql);
    }

    /** One related object: the expression is its id. */
    public static Field toOne(String name, String sql, String resource, RelationLoader loader) {
        return plain(name, FieldType.RELATED, sql).with(new Relation(resource, false, false, loader));
    }

    /** Several related objects: the expression is an array of ids, in order. */
    public static Field toMany(String name, String sql, String resource, RelationLoader loader) {
        return plain(name, FieldType.RELATED, sql).with(new Relation(resource, true, false, loader));
    }

    /**
     * JSON that is loaded per list.
     *
     * @param sql expression of the object's id
     */
    public static Field supplied(String name, FieldType type, String sql, Supplement supplement) {
        return plain(name, type, sql, supplement);
    }

    /** A field that callers send and that always reads as null, for example a password. */
    public static Field writeOnly(String name) {
        return plain(name, FieldType.STRING, null).orNull().writable();
    }

    /** The objects embedded unless the caller asks for links. */
    public Field full() {
        return with(new Relation(relation.resource(), relation.many(), true, relation.loader()));
    }

    /** May be null. */
    public Field orNull() {
        return new Field(
                name,
                type,
                sql,
                map,
                filter,
                orderable,
                true,
                readOnly,
                blank,
                unique,
                defaultValue,
                enumeration,
                help,
                relation,
                supplement);
    }

    /** Callers may send it. */
    public Field writable() {
        return new Field(
                name,
                type,
                sql,
                map,
                filter,
                orderable,
                nullable,
                false,
                blank,
                unique,
                defaultValue,
                enumeration,
                help,
                relation,
                supplement);
    }

    /** Need not be sent, and what it is then. */
    public Field defaulting(Object value) {
        return new Field(
                name,
                type,
                sql,
                map,
                filter,
                orderable,
                nullable,
                readOnly,
                true,
                unique,
                value,
                enumeration,
                help,
                relation,
                supplement);
    }

    /** No two objects have the same. */
    public Field identifying() {
        return new Field(
                name,
                type,
                sql,
                map,
                filter,
                orderable,
                nullable,
                readOnly,
                blank,
                true,
                defaultValue,
                enumeration,
                help,
                relation,
                supplement);
    }

    /** Takes part in {@code order_by}. */
    public Field ordering() {
        return new Field(
                name,
                type,
                sql,
                map,
                filter,
                true,
                nullable,
                readOnly,
                blank,
                unique,
                defaultValue,
                enumeration,
                help,
                relation,
                supplement);
    }

    /** Takes part in filtering by its own expression. */
    public Field filter(Set<Operator> operators) {
        return filter(Filter.on(sql, type, operators));
    }

    /** Takes part in filtering by its own expression. */
    public Field filter(Operator first, Operator... rest) {
        Set<Operator> operators = java.util.EnumSet.of(first, rest);
        return filter(operators);
    }

    /** Takes part in filtering. */
    public Field filter(Filter newFilter) {
        return new Field(
                name,
                type,
                sql,
                map,
                newFilter,
                orderable,
                nullable,
                readOnly,
                blank,
                unique,
                defaultValue,
                enumeration,
                help,
                relation,
                supplement);
    }

    /** Takes its values from a closed vocabulary. */
    public Field oneOf(List<String> words) {
        return new Field(
                name,
                type,
                sql,
                map,
                filter,
                orderable,
                nullable,
                readOnly,
                blank,
                unique,
                defaultValue,
                words,
                help,
                relation,
                supplement);
    }

    /** Stored as numbers of a closed vocabulary, written as its words. */
    public Field words(Map<Integer, String> vocabulary) {
        Function<Object, Object> word = stored -> vocabulary.get(((Number) stored).intValue());
        return new Field(
                name,
                type,
                sql,
                word,
                filter,
                orderable,
                nullable,
                readOnly,
                blank,
                unique,
                defaultValue,
                List.copyOf(vocabulary.values()),
                help,
                relation,
                supplement);
    }

    /** Derived from the selected value. */
    public Field mapped(Function<Object, Object> function) {
        return new Field(
                name,
                type,
                sql,
                function,
                filter,
                orderable,
                nullable,
                readOnly,
                blank,
                unique,
                defaultValue,
                enumeration,
                help,
                relation,
                supplement);
    }

    /** Described for the schema. */
    public Field help(String text) {
        return new Field(
                name,
                type,
                sql,
                map,
                filter,
                orderable,
                nullable,
                readOnly,
                blank,
                unique,
                defaultValue,
                enumeration,
                text,
                relation,
                supplement);
    }

    private Field with(Relation newRelation) {
        return new Field(
                name,
                type,
                sql,
                map,
                filter,
                orderable,
                nullable,
                readOnly,
                blank,
                unique,
                defaultValue,
                enumeration,
                help,
                newRelation,
                supplement);
    }

    /**
     * Writes a value that was selected for this field.
     *
     * @param loaded JSON texts by id: objects to embed, or the field's supplement; {@code null}: nothing was loaded
     */
    void write(JsonGenerator json, Object selected, Map<Object, String> loaded, boolean offsetTimes)
            throws IOException {
        if (supplement != null) {
            json.writeRawValue(
                    loaded == null ? supplement.otherwise() : loaded.getOrDefault(selected, supplement.otherwise()));
            return;
        }
        if (relation != null) {
            writeRelation(json, selected, loaded);
            return;
        }
        Object value = selected == null ? null : map.apply(selected);
        if (value == null) {
            json.writeNull();
            return;
        }
        switch (type) {
            case STRING -> json.writeString(value.toString());
            case BIG_INTEGER -> json.writeString(value.toString());
            case INTEGER -> json.writeNumber(((Number) value).longValue());
            case FLOAT -> json.writeNumber(((Number) value).doubleValue());
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case DATETIME -> json.writeString(Times.text((OffsetDateTime) value, offsetTimes));
            case LIST, DICT -> writeStructure(json, value);
            case RELATED -> throw new IllegalStateException("field " + name + " has no relation");
        }
    }

    private static void writeStructure(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Object[] elements) {
            json.writeStartArray();
            for (Object element : elements) {
                json.writeString((String) element);
            }
            json.writeEndArray();
        } else {
            json.writeRawValue(value.toString());
        }
    }

    /** @param embedded objects to embed by id; {@code null}: write links */
    private void writeRelation(JsonGenerator json, Object selected, Map<Object, String> embedded) throws IOException {
        if (!relation.many()) {
            writeRelated(json, selected == null ? null : map.apply(selected), embedded);
            return;
        }
        json.writeStartArray();
        for (Object id : ids(selected)) {
            if (embedded == null || embedded.containsKey(id)) {
                writeRelated(json, id, embedded);
            }
        }
        json.writeEndArray();
    }

    private void writeRelated(JsonGenerator json, Object id, Map<Object, String> embedded) throws IOException {
        if (id == null) {
            json.writeNull();
        } else if (embedded == null) {
            json.writeString(relation.uri(id));
        } else if (embedded.containsKey(id)) {
            json.writeRawValue(embedded.get(id));
        } else {
            json.writeNull();
        }
    }

    /** The ids in a value selected for a relation field. */
    List<Object> ids(Object selected) {
        if (selected == null) {
            return List.of();
        }
        return selected instanceof Object[] many ? Arrays.asList(many) : List.of(selected);
    }
}
