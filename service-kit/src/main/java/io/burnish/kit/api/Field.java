package io.burnish.kit.api;

import io.burnish.kit.api.query.Filter;
import io.burnish.kit.api.query.Operator;
import java.util.EnumSet;
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
        FieldTraits traits,
        Relation relation,
        Supplement supplement) {

    private static Field plain(String name, FieldType type, String sql) {
        return new Field(name, type, sql, Function.identity(), null, false, FieldTraits.PLAIN, null, null);
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
        return new Field(name, type, sql, Function.identity(), null, false, FieldTraits.PLAIN, null, supplement);
    }

    /** A field that callers send and that always reads as null, for example a password. */
    public static Field writeOnly(String name) {
        return plain(name, FieldType.STRING, null).orNull().writable();
    }

    /** The objects embedded unless the caller asks for links. */
    public Field full() {
        return with(relation.embedded());
    }

    /** May be null. */
    public Field orNull() {
        return with(traits.orNull());
    }

    /** Not written at all where it would be null. */
    public Field orAbsent() {
        return with(traits.absent());
    }

    /** Callers may send it. */
    public Field writable() {
        return with(traits.writable());
    }

    /** Need not be sent, and what it is then. */
    public Field defaulting(Object value) {
        return with(traits.defaulting(value));
    }

    /** No two objects have the same. */
    public Field identifying() {
        return with(traits.identifying());
    }

    /** Takes its values from a closed vocabulary. */
    public Field oneOf(List<String> words) {
        return with(traits.oneOf(words));
    }

    /** Described for the schema. */
    public Field help(String text) {
        return with(traits.help(text));
    }

    /** The form of its value, where the type does not say enough. */
    public Field shaped(Shape shape) {
        return with(traits.shaped(shape));
    }

    /** Takes part in {@code order_by}. */
    public Field ordering() {
        return new Field(name, type, sql, map, filter, true, traits, relation, supplement);
    }

    /** Takes part in filtering by its own expression. */
    public Field filter(Set<Operator> operators) {
        return filter(Filter.on(sql, type, operators));
    }

    /** Takes part in filtering by its own expression. */
    public Field filter(Operator first, Operator... rest) {
        return filter(EnumSet.of(first, rest));
    }

    /** Takes part in filtering. */
    public Field filter(Filter newFilter) {
        return new Field(name, type, sql, map, newFilter, orderable, traits, relation, supplement);
    }

    /** Stored as numbers of a closed vocabulary, written as its words. */
    public Field words(Map<Integer, String> vocabulary) {
        return mapped(stored -> vocabulary.get(((Number) stored).intValue())).oneOf(List.copyOf(vocabulary.values()));
    }

    /** Derived from the selected value. */
    public Field mapped(Function<Object, Object> function) {
        return new Field(name, type, sql, function, filter, orderable, traits, relation, supplement);
    }

    private Field with(Relation newRelation) {
        return new Field(name, type, sql, map, filter, orderable, traits, newRelation, supplement);
    }

    private Field with(FieldTraits newTraits) {
        return new Field(name, type, sql, map, filter, orderable, newTraits, relation, supplement);
    }
}
