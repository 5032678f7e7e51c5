package io.burnish.kit.api;

import io.burnish.kit.api.query.ListQuery;
import io.burnish.kit.api.query.Page;
import io.burnish.kit.api.query.Parameters;
import io.burnish.kit.api.query.Predicate;
import io.vertx.sqlclient.Tuple;

/**
 * The statement of a list: one row an object, and in each the number of all objects that match. A page is found by ids first, so that
 * the expressions of fields are computed for its objects only, whatever the ordering has to look at.
 *
 * @param where which objects match
 * @param sql with the limit, if there is one
 */
record ListStatement(Table table, Predicate where, String sql, Tuple args) {

    /**
     * Reads filters and orderings.
     *
     * @throws ApiError 400 if one of them is not allowed
     */
    static ListStatement of(Resource resource, Table table, Parameters parameters, Page page, ReadContext context) {
        ListQuery query = ListQuery.of(resource, resource.parameters(), parameters, table.order());
        Predicate where = table.present().and(context.visible(resource)).and(query.predicate());
        String condition = where.numbered(1);
        Tuple args = args(where);
        // the limit is a literal: with a parameter the database plans for a tenth of the table, each time anew
        StringBuilder part = new StringBuilder(page.unlimited() ? "" : " LIMIT " + page.limit());
        if (page.offset() > 0) {
            part.append(" OFFSET $").append(where.args().size() + 1);
            args.addLong(page.offset());
        }
        String matching = " FROM " + table.from() + " WHERE " + condition;
        String ordered = " ORDER BY " + query.order();
        String objects = page.unlimited()
                ? matching
                : " FROM " + table.from() + " WHERE " + table.id() + " = ANY (ARRAY (SELECT " + table.id() + matching
                        + ordered + part + ")) AND (" + table.present().numbered(1) + ")";
        String sql = "SELECT " + resource.columns() + ", (SELECT count(*)" + matching + ")" + objects + ordered
                + (page.unlimited() ? part : "");
        return new ListStatement(table, where, sql, args);
    }

    /** The statement that only counts: for a page behind the end, which has no row that could say it. */
    String count() {
        return "SELECT count(*) FROM " + table.from() + " WHERE " + where.numbered(1);
    }

    Tuple countArgs() {
        return args(where);
    }

    static Tuple args(Predicate where) {
        Tuple tuple = Tuple.tuple();
        where.args().forEach(tuple::addValue);
        return tuple;
    }
}
