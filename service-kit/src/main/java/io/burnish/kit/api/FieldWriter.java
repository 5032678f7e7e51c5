package io.burnish.kit.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.burnish.kit.api.query.Times;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes what was selected for a field. */
final class FieldWriter {

    private FieldWriter() {}

    /**
     * Writes the field with its name, unless it is absent.
     *
     * @param loaded JSON texts by id: objects to embed, or the field's supplement; {@code null}: nothing was loaded
     */
    static void write(Field field, JsonGenerator json, Object selected, Map<Object, String> loaded, boolean offsetTimes)
            throws IOException {
        if (selected == null && field.traits().absentWhenNull()) {
            return;
        }
        json.writeFieldName(field.name());
        if (field.supplement() != null) {
            String otherwise = field.supplement().otherwise();
            json.writeRawValue(loaded == null ? otherwise : loaded.getOrDefault(selected, otherwise));
        } else if (field.relation() != null) {
            writeRelation(field, json, selected, loaded);
        } else {
            writeValue(field, json, selected == null ? null : field.map().apply(selected), offsetTimes);
        }
    }

    /** The ids in a value selected for a relation field. */
    static List<Object> ids(Object selected) {
        if (selected == null) {
            return List.of();
        }
        return selected instanceof Object[] many ? Arrays.asList(many) : List.of(selected);
    }

    private static void writeValue(Field field, JsonGenerator json, Object value, boolean offsetTimes)
            throws IOException {
        if (value == null) {
            json.writeNull();
            return;
        }
        switch (field.type()) {
            case STRING, BIG_INTEGER -> json.writeString(value.toString());
            case INTEGER -> json.writeNumber(((Number) value).longValue());
            case FLOAT -> json.writeNumber(((Number) value).doubleValue());
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case DATETIME -> json.writeString(Times.text((OffsetDateTime) value, offsetTimes));
            case LIST, DICT -> writeStructure(json, value);
            case RELATED -> throw new IllegalStateException("field " + field.name() + " has no relation");
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
    private static void writeRelation(Field field, JsonGenerator json, Object selected, Map<Object, String> embedded)
            throws IOException {
        Relation relation = field.relation();
        if (!relation.many()) {
            writeRelated(relation, json, selected == null ? null : field.map().apply(selected), embedded);
            return;
        }
        json.writeStartArray();
        for (Object id : ids(selected)) {
            if (embedded == null || embedded.containsKey(id)) {
                writeRelated(relation, json, id, embedded);
            }
        }
        json.writeEndArray();
    }

    private static void writeRelated(Relation relation, JsonGenerator json, Object id, Map<Object, String> embedded)
            throws IOException {
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
}
