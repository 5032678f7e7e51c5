package io.burnish.kit.log;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Drops one complaint of the connection pool: while the database is away, each request that gave up waiting for a connection fails a second
 * time when the pool's timer completes it again. The caller has had its error by then; the second one says nothing.
 */
@LoggingFilter(name = "pool-timer")
public final class PoolTimerFilter implements Filter {

    private static final String POOL = "io.vertx.sqlclient.impl.pool.SqlConnectionPool";

    @Override
    public boolean isLoggable(LogRecord record) {
        return !(record.getThrown() instanceof IllegalStateException failure && completedTwice(failure));
    }

    private static boolean completedTwice(IllegalStateException failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        return "Result is already complete".equals(failure.getMessage())
                && stack.length > 1
                && stack[1].getClassName().equals(POOL);
    }
}
