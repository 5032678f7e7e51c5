package io.burnish.kit.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.kit.api.query.Expansion;
import io.burnish.kit.api.query.Page;
import io.burnish.kit.api.query.Parameters;
import io.burnish.kit.api.query.Predicate;
import io.burnish.kit.security.Principal;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Statements;
import io.burnish.kit.sql.Tx;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads declared resources from the database and writes their JSON. A list costs one statement, plus one for each relation that is
 * embedded (at each level of embedding) and each source of supplements, whatever its length; a streamed list costs that per batch.
 */
@ApplicationScoped
public class ResourceReader {

    private final Database database;

    ResourceReader(Database database) {
        this.database = database;
    }

    /** A part of a list: the objects, separated by commas, and the number of all that match. */
    public record Slice(Buffer objects, long total) {}

    /** Takes the batches of a streamed list. May block: then the next ones are read later. */
    @FunctionalInterface
    public interface Batches {
        /**
         * The next objects, separated by commas; empty only if the list is, once.
         *
         * @param total number of all objects that match
         */
        void next(Buffer objects, long total);
    }

    /** The objects that match a list request and are visible to the caller. */
    public Future<Slice> list(
            Resource resource, Parameters parameters, Page page, Principal principal, Statements statements) {
        ReadContext context = context(resource, parameters, principal, statements);
        ListStatement statement = ListStatement.of(resource, table(resource), parameters, page, context);
        return statements.query(statement.sql(), statement.args()).compose(rows -> total(statement, page, rows, context)
                .compose(
                        total -> RowWriter.of(resource, rows, context).map(writer -> new Slice(writer.list(), total))));
    }

    /**
     * Reads a list of any length in batches, each {@value Database#BATCH} objects: all see the list as it was when the first was read.
     * Blocks: for code on virtual threads.
     */
    public void stream(Resource resource, Parameters parameters, Page page, Principal principal, Batches batches) {
        ReadContext context = context(resource, parameters, principal, database);
        ListStatement statement = ListStatement.of(resource, table(resource), parameters, page, context);
        database.batches(statement.sql(), statement.args(), rows -> {
            long total = Database.await(total(statement, page, rows, context));
            batches.next(Database.await(RowWriter.of(resource, rows, context)).list(), total);
        });
    }

    private static Future<Long> total(ListStatement statement, Page page, RowSet<Row> rows, ReadContext context) {
        if (rows.size() > 0) {
            Row row = rows.iterator().next();
            return Future.succeededFuture(row.getLong(row.size() - 1));
        }
        return page.offset() == 0
                ? Future.succeededFuture(0L)
                : context.statements()
                        .query(statement.count(), statement.countArgs())
                        .map(counted -> counted.iterator().next().getLong(0));
    }

    /** The object with that id, if it exists and is visible to the caller. */
    public Future<Optional<String>> one(Resource resource, Object id, Parameters parameters, Principal principal) {
        return one(resource, id, parameters, principal, database);
    }

    /** As {@link #one(Resource, Object, Parameters, Principal)}, read by certain statements. */
    public Future<Optional<String>> one(
            Resource resource, Object id, Parameters parameters, Principal principal, Statements statements) {
        return byIds(resource, Set.of(id), context(resource, parameters, principal, statements))
                .map(found -> found.values().stream().findFirst());
    }

    /**
     * Something that is equal as long as what these objects show, and does not come from the database, is the same.
     */
    public Future<?> supplements(Resource resource) {
        List<Future<?>> states = new ArrayList<>();
        resource.states().forEach(state -> states.add(state.get()));
        return Future.all(states).map(CompositeFuture::<Object>list);
    }

    /** Several objects, as a request for their set would get them. */
    public Future<Map<Object, String>> several(
            Resource resource, Set<Object> ids, Parameters parameters, Principal principal) {
        return byIds(resource, ids, context(resource, parameters, principal, database));
    }

    /** Visible objects by id. */
    public Future<Map<Object, String>> byIds(Resource resource, Set<Object> ids, ReadContext context) {
        if (ids.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        Table table = table(resource);
        Predicate where = withIds(table, ids).and(table.present()).and(context.visible(resource));
        return select(resource, where, context);
    }

    private static Future<Map<Object, String>> select(Resource resource, Predicate where, ReadContext context) {
        Table table = table(resource);
        String sql = "SELECT " + resource.columns() + ", " + table.id() + " FROM " + table.from() + " WHERE "
                + where.numbered(1) + " ORDER BY " + table.order();
        return context.statements().query(sql, ListStatement.args(where)).compose(rows -> RowWriter.of(
                        resource, rows, context)
                .map(writer -> byId(resource, rows, writer.texts())));
    }

    /**
     * An object as others embed it, read within a transaction: what it embeds of this service's own objects is complete, relations to
     * others' are links. Blocks.
     *
     * @throws IllegalStateException if it does not exist
     */
    public ObjectNode wire(Tx tx, Resource resource, Object id) {
        ObjectNode wire = texts(tx, resource, List.of(id)).values().stream()
                .findFirst()
                .map(text -> ContractJson.read(text, ObjectNode.class))
                .orElse(null);
        if (wire == null) {
            throw new IllegalStateException("no " + resource.name() + " " + id);
        }
        return wire;
    }

    /** As {@link #wire(Tx, Resource, Object)} for several objects, in one statement; absent: those that do not exist. */
    public Map<Long, ObjectNode> wires(Tx tx, Resource resource, Collection<Long> ids) {
        Map<Long, ObjectNode> found = new LinkedHashMap<>();
        texts(tx, resource, ids).forEach((id, text) -> found.put((Long) id, ContractJson.read(text, ObjectNode.class)));
        return found;
    }

    /** Objects that are going are read too: others must learn how they were. */
    private Map<Object, String> texts(Tx tx, Resource resource, Collection<?> ids) {
        Table table = table(resource);
        Predicate where = withIds(table, ids);
        return Database.await(select(
                resource,
                where,
                new ReadContext(this, tx.statements(), null, Expansion.DECLARED, resource.timesWithOffset())));
    }

    /** An object as a request for its detail URL would get it. Blocks: for code on virtual threads. */
    public Optional<ObjectNode> now(Resource resource, Object id, Principal principal) {
        return Database.await(one(resource, id, Parameters.NONE, principal))
                .map(text -> ContractJson.read(text, ObjectNode.class));
    }

    /** Ids of the objects with numeric ids that match the filters of a list request and are visible to the caller. Blocks. */
    public List<Long> matching(Resource resource, Parameters parameters, Principal principal) {
        Table table = table(resource);
        ListStatement statement = ListStatement.of(
                resource, table, parameters, new Page(0, 0), context(resource, parameters, principal, database));
        return Database.await(database.query(
                        "SELECT " + table.id() + " FROM " + table.from() + " WHERE "
                                + statement.where().numbered(1) + " ORDER BY " + table.id(),
                        statement.countArgs()))
                .stream()
                .map(row -> row.getLong(0))
                .toList();
    }

    private static Map<Object, String> byId(Resource resource, RowSet<Row> rows, List<String> objects) {
        Map<Object, String> found = new LinkedHashMap<>();
        int position = 0;
        for (Row row : rows) {
            found.put(row.getValue(resource.fields().size()), objects.get(position++));
        }
        return found;
    }

    /** One id is asked for as one: the plan for any number of them is thought so dear that PostgreSQL would plan anew each time. */
    private static Predicate withIds(Table table, Collection<?> ids) {
        return ids.size() == 1
                ? new Predicate(table.id() + " = ?", List.copyOf(ids))
                : new Predicate(table.id() + " = ANY (?)", List.of(array(table, ids)));
    }

    private static Object array(Table table, Collection<?> ids) {
        return table.textId() ? ids.toArray(String[]::new) : ids.toArray(Long[]::new);
    }

    private ReadContext context(Resource resource, Parameters parameters, Principal principal, Statements statements) {
        return new ReadContext(this, statements, principal, Expansion.of(parameters), resource.timesWithOffset());
    }

    private static Table table(Resource resource) {
        return resource.table().orElseThrow(() -> new IllegalStateException(resource.name() + " has no table"));
    }
}
