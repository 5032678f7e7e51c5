package io.burnish.kit.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.burnish.contracts.ContractJson;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
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

    private RowWriter() {}

    static Future<List<String>> write(Resource resource, RowSet<Row> rows, ReadContext context) {
        List<Future<Map<String, Map<Object, String>>>> loads = new ArrayList<>();
        Map<Supplement.Source, Set<Object>> supplements = new LinkedHashMap<>();
        List<Field> fields = resource.fields();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (context.embeds(field)) {
                loads.add(field.relation()
                        .loader()
                        .load(ids(rows, i), context.inside(field.name()))
                        .map(found -> Map.of(field.name(), found)));
            } else if (field.supplement() != null && !context.forOthers()) {
                supplements
                        .computeIfAbsent(field.supplement().source(), source -> new LinkedHashSet<>())
                        .addAll(ids(rows, i));
            }
        }
        supplements.forEach((source, ids) -> loads.add(source.load(ids)));
        return Future.all(loads).map(done -> {
            Map<String, Map<Object, String>> loaded = new HashMap<>();
            loads.forEach(load -> loaded.putAll(load.result()));
            List<String> objects = new ArrayList<>(rows.size());
            for (Row row : rows) {
                objects.add(object(fields, row, loaded, context.offsetTimes()));
            }
            return objects;
        });
    }

    private static Set<Object> ids(RowSet<Row> rows, int column) {
        Set<Object> ids = new LinkedHashSet<>();
        for (Row row : rows) {
            ids.addAll(FieldWriter.ids(row.getValue(column)));
        }
        return ids;
    }

    private static String object(
            List<Field> fields, Row row, Map<String, Map<Object, String>> loaded, boolean offsetTimes) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (int i = 0; i < fields.size(); i++) {
                Field field = fields.get(i);
                FieldWriter.write(field, json, row.getValue(i), loaded.get(field.name()), offsetTimes);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
