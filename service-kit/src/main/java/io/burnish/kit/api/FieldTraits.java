package io.burnish.kit.api;

import java.util.List;

/**
 * What a field promises and demands, for the schema and OpenAPI.
 *
 * @param nullable may be null
 * @param readOnly what callers send is ignored
 * @param blank need not be sent
 * @param unique no two objects have the same
 * @param defaultValue what it is when it is not sent; {@code null}: none
 * @param enumeration its closed vocabulary; empty: none
 * @param help a sentence about it
 * @param shape form of its value where the type does not say enough (lists, objects); {@code null}: any
 * @param absentWhenNull not written at all instead of as null
 */
public record FieldTraits(
        boolean nullable,
        boolean readOnly,
        boolean blank,
        boolean unique,
        Object defaultValue,
        List<String> enumeration,
        String help,
        Shape shape,
        boolean absentWhenNull) {

    /** Never null, only read. */
    static final FieldTraits PLAIN = new FieldTraits(false, true, false, false, null, List.of(), "", null, false);

    FieldTraits orNull() {
        return new FieldTraits(true, readOnly, blank, unique, defaultValue, enumeration, help, shape, absentWhenNull);
    }

    FieldTraits writable() {
        return new FieldTraits(nullable, false, blank, unique, defaultValue, enumeration, help, shape, absentWhenNull);
    }

    FieldTraits defaulting(Object value) {
        return new FieldTraits(nullable, readOnly, true, unique, value, enumeration, help, shape, absentWhenNull);
    }

    FieldTraits identifying() {
        return new FieldTraits(nullable, readOnly, blank, true, defaultValue, enumeration, help, shape, absentWhenNull);
    }

    FieldTraits oneOf(List<String> words) {
        return new FieldTraits(nullable, readOnly, blank, unique, defaultValue, words, help, shape, absentWhenNull);
    }

    FieldTraits help(String text) {
        return new FieldTraits(
                nullable, readOnly, blank, unique, defaultValue, enumeration, text, shape, absentWhenNull);
    }

    FieldTraits shaped(Shape form) {
        return new FieldTraits(
                nullable, readOnly, blank, unique, defaultValue, enumeration, help, form, absentWhenNull);
    }

    FieldTraits absent() {
        return new FieldTraits(true, readOnly, blank, unique, defaultValue, enumeration, help, shape, true);
    }
}
