package io.burnish.kit.sql;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** The statements of one answer, and whether it stays what it is until the database shows something else. */
public final class Reading implements Statements {

    private static final String CLOCK = "now()";

    private final Statements statements;
    private volatile boolean lasting = true;

    /** One that uses these. */
    public Reading(Statements statements) {
        this.statements = statements;
    }

    @Override
    public Future<RowSet<Row>> query(String sql, Tuple args) {
        if (sql.contains(CLOCK)) {
            lasting = false;
        }
        return statements.query(sql, args);
    }

    /** Whether no statement so far has asked for the time. */
    public boolean lasting() {
        return lasting;
    }
}
