package io.burnish.kit.sql;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Something that runs SQL: the database outside any transaction, or one transaction. */
@FunctionalInterface
public interface Statements {

    /** Runs a statement without blocking; fails with {@link DatabaseUnavailableException} when there is no database to ask. */
    Future<RowSet<Row>> query(String sql, Tuple args);
}
