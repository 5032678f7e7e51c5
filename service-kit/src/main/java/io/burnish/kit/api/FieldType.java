package io.burnish.kit.api;

import java.util.Locale;

/** Types of fields in a schema (API contract, core 1.12). */
public enum FieldType {
    STRING,
    INTEGER,
    /** 64-bit number, a JSON string on the wire (API contract, storage 1.2). */
    BIG_INTEGER,
    FLOAT,
    BOOLEAN,
    DATETIME,
    LIST,
    DICT,
    RELATED;

    /** The name in a schema. */
    public String schemaName() {
        return this == BIG_INTEGER ? "string" : name().toLowerCase(Locale.ROOT);
    }
}
