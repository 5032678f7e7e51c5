package io.burnish.kit.sql;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;

/**
 * Names of what the database shows. When two of them are equal, no transaction that wrote anything has ended between the two, so every
 * statement that was run between shows the same. (A snapshot's name holds the number behind the last transaction that has ended and
 * those before it that run; both change when a transaction ends.)
 *
 * <p>Everybody who asks while a statement is under way gets the name that the next one finds: a name is never older than the request
 * for it, and many requests cost one statement.
 */
@ApplicationScoped
public class Snapshots {

    private static final String NAME = "SELECT pg_current_snapshot()::text";

    private final Supplier<Future<String>> statement;
    /** Guarded by this: the statement under way, and the promise of those who wait for the next. */
    private boolean reading;

    private Promise<String> next;

    @Inject
    Snapshots(Statements statements) {
        this(() -> statements
                .query(NAME, Tuple.tuple())
                .map(rows -> rows.iterator().next().getString(0)));
    }

    /** Names that a statement finds. */
    public Snapshots(Supplier<Future<String>> statement) {
        this.statement = statement;
    }

    /** The name of what is shown now. Does not block; fails with {@link DatabaseUnavailableException} when there is no database to ask. */
    public Future<String> present() {
        Promise<String> mine;
        synchronized (this) {
            if (reading) {
                if (next == null) {
                    next = Promise.promise();
                }
                return next.future();
            }
            reading = true;
            mine = Promise.promise();
        }
        read(mine);
        return mine.future();
    }

    private void read(Promise<String> promise) {
        // composed, so that a statement which throws fails: nobody could ask again otherwise
        Future.<Void>succeededFuture().compose(begun -> statement.get()).onComplete(name -> {
            proceed();
            promise.handle(name);
        });
    }

    private void proceed() {
        Promise<String> waiting;
        synchronized (this) {
            waiting = next;
            next = null;
            reading = waiting != null;
        }
        if (waiting != null) {
            read(waiting);
        }
    }
}
