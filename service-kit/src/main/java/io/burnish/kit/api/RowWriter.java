package io.burnish.kit.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.burnish.contracts.ContractJson;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JSON of rows of a resource: what they embed and what supplements them is loaded once for all of them, whatever their number.
 * The columns of a row begin with the fields' in order; what follows is not looked at.
 */
final class RowWriter {

    private static final JsonFactory JSON = ContractJson.mapper().getFactory();
    private static final SerializedString SEPARATOR = new SerializedString(", ");
    /** In characters: what most objects take. */
    private static final int OBJECT = 2048;

    private final RowSet<Row> rows;
    private final List<Field> fields;
    /** What was loaded for each field, {@code null} where nothing was. */
    private final List<Map<Object, String>> loaded;

    private final boolean offsetTimes;

    private RowWriter(
            RowSet<Row> rows, List<Field> fields, Map<String, Map<Object, String>> loaded, boolean offsetTimes) {
        this.rows = rows;
        this.fields = fields;
        this.loaded = new ArrayList<>();
        fields.forEach(field -> this.loaded.add(loaded.get(field.name())));
        this.offsetTimes = offsetTimes;
    }

    /** From where, and which ids: the same for several fields. */
    private record Supplied(Supplement.Source source, String ids) {}

    /** One that has loaded all that these rows need. */
    static Future<RowWriter> of(Resource resource, RowSet<Row> rows, ReadContext context) {
        List<Future<Map<String, Map<Object, String>>>> loads = new ArrayList<>();
        Map<Supplement.Source, Set<Object>> supplements = new LinkedHashMap<>();
        Set<Supplied> supplied = new HashSet<>();
        List<Field> fields = resource.fields();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (context.embeds(field)) {
                loads.add(field.relation()
                        .loader()
                        .load(ids(rows, i), context.inside(field.name()))
                        .map(found -> Map.of(field.name(), found)));
            } else if (field.supplement() != null && !context.forOthers()) {
                Supplement.Source source = field.supplement().source();
                if (supplied.add(new Supplied(source, field.sql()))) {
                    supplements
                            .computeIfAbsent(source, first -> new LinkedHashSet<>())
                            .addAll(ids(rows, i));
                }
            }
        }
        supplements.forEach((source, ids) -> loads.add(source.load(ids)));
        return Future.all(loads).map(done -> {
            Map<String, Map<Object, String>> loaded = new HashMap<>();
            loads.forEach(load -> loaded.putAll(load.result()));
            return new RowWriter(rows, fields, loaded, context.offsetTimes());
        });
    }

    private static Set<Object> ids(RowSet<Row> rows, int column) {
        Set<Object> ids = new LinkedHashSet<>();
        for (Row row : rows) {
            ids.addAll(FieldWriter.ids(row.getValue(column)));
        }
        return ids;
    }

    /** Each object as a text of its own. */
    List<String> texts() {
        List<String> objects = new ArrayList<>(rows.size());
        for (Row row : rows) {
            StringWriter text = new StringWriter(OBJECT);
            try (JsonGenerator json = JSON.createGenerator(text)) {
                object(json, row);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            objects.add(text.toString());
        }
        return objects;
    }

    /** All objects, separated by commas. */
    Buffer list() {
        ByteArrayBuilder bytes = new ByteArrayBuilder(OBJECT * Math.max(1, rows.size()));
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.setRootValueSeparator(SEPARATOR);
            for (Row row : rows) {
                object(json, row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private void object(JsonGenerator json, Row row) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < fields.size(); i++) {
            FieldWriter.write(fields.get(i), json, row.getValue(i), loaded.get(i), offsetTimes);
        }
        json.writeEndObject();
    }
}
