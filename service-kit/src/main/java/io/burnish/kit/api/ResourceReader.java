package io.burnish.kit.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.kit.api.query.Expansion;
import io.burnish.kit.api.query.ListQuery;
import io.burnish.kit.api.query.Page;
import io.burnish.kit.api.query.Parameters;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Principal;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads declared resources from the database and writes their JSON. A list costs one statement, plus one for each relation that is
 * embedded and each source of supplements, whatever its length.
 */
@ApplicationScoped
public class ResourceReader {

    private static final JsonFactory JSON = ContractJson.mapper().getFactory();

    private final Database database;
    private final Map<Resource, String> columns = new ConcurrentHashMap<>();

    ResourceReader(Database database) {
        this.database = database;
    }

    /** A part of a list: the objects as JSON texts and the number of all that match. */
    public record Slice(List<String> objects, long total) {}

    /** The objects that match a list request and are visible to the caller. */
    public Future<Slice> list(Resource resource, Parameters parameters, Page page, Principal principal) {
        Table table = table(resource);
        ListQuery query = ListQuery.of(resource, resource.parameters(), parameters, table.order());
        Predicate where = table.present().and(resource.visibleTo(principal)).and(query.predicate());
        ReadContext context = context(resource, parameters, principal);
        String condition = where.numbered(1);
        Tuple tuple = tuple(where);
        // the limit is a literal: with a parameter the database plans for a tenth of the table, each time anew
        StringBuilder part = new StringBuilder(page.unlimited() ? "" : " LIMIT " + page.limit());
        if (page.offset() > 0) {
            part.append(" OFFSET $").append(where.args().size() + 1);
            tuple.addLong(page.offset());
        }
        String sql = "SELECT " + columns(resource) + ", (SELECT count(*) FROM " + table.from() + " WHERE " + condition
                + ") FROM " + table.from() + " WHERE " + condition + " ORDER BY " + query.order() + part;
        return database.query(sql, tuple).compose(rows -> {
            Future<Long> total = rows.size() > 0
                    ? Future.succeededFuture(
                            rows.iterator().next().getLong(resource.fields().size()))
                    : page.offset() == 0 ? Future.succeededFuture(0L) : count(table, where);
            return total.compose(count -> write(resource, rows, context).map(objects -> new Slice(objects, count)));
        });
    }

    /** The object with that id, if it exists and is visible to the caller. */
    public Future<Optional<String>> one(Resource resource, Object id, Parameters parameters, Principal principal) {
        return byIds(resource, Set.of(id), context(resource, parameters, principal))
                .map(found -> found.values().stream().findFirst());
    }

    /** Visible objects by id. */
    public Future<Map<Object, String>> byIds(Resource resource, Set<Object> ids, ReadContext context) {
        if (ids.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        Table table = table(resource);
        Predicate where = new Predicate(table.id() + " = ANY (?)", List.of(array(table, ids)))
                .and(table.present())
                .and(resource.visibleTo(context.principal()));
        String sql = "SELECT " + columns(resource) + ", " + table.id() + " FROM " + table.from() + " WHERE "
                + where.numbered(1) + " ORDER BY " + table.order();
        return database.query(sql, tuple(where))
                .compose(rows -> write(resource, rows, context).map(objects -> byId(resource, rows, objects)));
    }

    /**
     * An object as others embed it: relations as links, read within a transaction. Blocks.
     *
     * @throws IllegalStateException if it does not exist
     */
    public ObjectNode wire(Tx tx, Resource resource, Object id) {
        Table table = table(resource);
        Row row =
                tx.one("SELECT " + columns(resource) + " FROM " + table.from() + " WHERE " + table.id() + " = $1", id);
        return ContractJson.read(
                object(resource.fields(), row, Map.of(), resource.timesWithOffset()), ObjectNode.class);
    }

    /** As {@link #wire(Tx, Resource, Object)} for several objects, in one statement; absent: those that do not exist. */
    public Map<Long, ObjectNode> wires(Tx tx, Resource resource, Collection<Long> ids) {
        Table table = table(resource);
        Map<Long, ObjectNode> found = new LinkedHashMap<>();
        for (Row row : tx.query(
                "SELECT " + columns(resource) + ", " + table.id() + " FROM " + table.from() + " WHERE " + table.id()
                        + " = ANY ($1) ORDER BY " + table.id(),
                (Object) ids.toArray(Long[]::new))) {
            found.put(
                    row.getLong(resource.fields().size()),
                    ContractJson.read(
                            object(resource.fields(), row, Map.of(), resource.timesWithOffset()), ObjectNode.class));
        }
        return found;
    }

    /** An object as a request for its detail URL would get it. Blocks: for code on virtual threads. */
    public Optional<ObjectNode> now(Resource resource, Object id, Principal principal) {
        return Database.await(one(resource, id, Parameters.NONE, principal))
                .map(text -> ContractJson.read(text, ObjectNode.class));
    }

    private static Map<Object, String> byId(Resource resource, RowSet<Row> rows, List<String> objects) {
        Map<Object, String> found = new LinkedHashMap<>();
        int position = 0;
        for (Row row : rows) {
            found.put(row.getValue(resource.fields().size()), objects.get(position++));
        }
        return found;
    }

    private static Object array(Table table, Set<Object> ids) {
        return table.textId() ? ids.toArray(String[]::new) : ids.toArray(Long[]::new);
    }

    private Future<Long> count(Table table, Predicate where) {
        return database.query("SELECT count(*) FROM " + table.from() + " WHERE " + where.numbered(1), tuple(where))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** The JSON of rows, after loading what they embed and what supplements them. */
    private Future<List<String>> write(Resource resource, RowSet<Row> rows, ReadContext context) {
        List<Future<Map<String, Map<Object, String>>>> loads = new ArrayList<>();
        Map<Supplement.Source, Set<Object>> supplements = new LinkedHashMap<>();
        List<Field> fields = resource.fields();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (embeds(field, context.expansion())) {
                loads.add(field.relation()
                        .loader()
                        .load(ids(field, rows, i), context.inside(field.name()))
                        .map(found -> Map.of(field.name(), found)));
            } else if (field.supplement() != null) {
                supplements
                        .computeIfAbsent(field.supplement().source(), source -> new LinkedHashSet<>())
                        .addAll(ids(field, rows, i));
            }
        }
        supplements.forEach((source, ids) -> loads.add(source.load(ids)));
        return Future.all(loads).map(done -> {
            Map<String, Map<Object, String>> loaded = new HashMap<>();
            loads.forEach(load -> loaded.putAll(load.result()));
            List<String> objects = new ArrayList<>();
            for (Row row : rows) {
                objects.add(object(fields, row, loaded, context.offsetTimes()));
            }
            return objects;
        });
    }

    private static boolean embeds(Field field, Expansion expansion) {
        return field.relation() != null
                && field.relation().loader() != null
                && expansion.full(field.name(), field.relation().full());
    }

    private static Set<Object> ids(Field field, RowSet<Row> rows, int column) {
        Set<Object> ids = new LinkedHashSet<>();
        for (Row row : rows) {
            ids.addAll(field.ids(row.getValue(column)));
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
                json.writeFieldName(field.name());
                field.write(json, row.getValue(i), loaded.get(field.name()), offsetTimes);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private String columns(Resource resource) {
        return columns.computeIfAbsent(
                resource,
                r -> String.join(
                        ", ",
                        r.fields().stream()
                                .map(field -> field.sql() == null ? "NULL" : field.sql())
                                .toList()));
    }

    private ReadContext context(Resource resource, Parameters parameters, Principal principal) {
        return new ReadContext(this, principal, Expansion.of(parameters), resource.timesWithOffset());
    }

    private static Table table(Resource resource) {
        return resource.table().orElseThrow(() -> new IllegalStateException(resource.name() + " has no table"));
    }

    private static Tuple tuple(Predicate where) {
        Tuple tuple = Tuple.tuple();
        where.args().forEach(tuple::addValue);
        return tuple;
    }
}
