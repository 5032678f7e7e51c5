package io.burnish.kit.sql;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The service's PostgreSQL database.
 *
 * <p>Work that changes something runs in {@link #transaction}: plain sequential code on a virtual thread, one database
 * transaction, all messages of it in the outbox. Reads of the API use {@link #query}, which does not block.
 *
 * <p>A transaction that loses a conflict (serialization failure, deadlock) is repeated up to {@value #CONFLICT_TRIES} times;
 * therefore its code must have no effect outside the transaction.
 */
@ApplicationScoped
@RegisterForReflection
public class Database implements Statements {

    private static final Logger LOG = Logger.getLogger(Database.class);
    private static final int CONFLICT_TRIES = 8;
    /** serialization_failure, deadlock_detected. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    /** Rows of a cursor that are read at once. */
    public static final int BATCH = 1000;

    private static final int CURSORS = 4;

    private final Semaphore cursors = new Semaphore(CURSORS, true);
    private final Pool pool;
    private final AfterCommit afterCommit;
    private final Counter reads;

    Database(Pool pool, AfterCommit afterCommit, MeterRegistry meters) {
        this.pool = pool;
        this.reads = Counter.builder("burnish.sql.reads")
                .description("Statements that answer requests, outside transactions")
                .register(meters);
        this.afterCommit = afterCommit;
    }

    /** Code that runs in one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does the work; any exception rolls everything back. */
        T in(Tx tx);
    }

    @Override
    public Future<RowSet<Row>> query(String sql, Tuple args) {
        reads.increment();
        return pool.preparedQuery(sql).execute(args).recover(failure -> Future.failedFuture(translate(failure)));
    }

    /**
     * Reads the rows of a query through a cursor, {@value #BATCH} at a time: never more than that are in memory, and all are of one
     * snapshot. At least one batch is given, which is empty if there are no rows. Blocks: call it on a virtual thread.
     *
     * <p>Only {@value #CURSORS} cursors are open at once; who comes later waits. So readers that are slow leave connections to others.
     */
    public void batches(String sql, Tuple args, Consumer<RowSet<Row>> batch) {
        cursors.acquireUninterruptibly();
        try {
            reads.increment();
            SqlConnection connection = await(pool.getConnection());
            try {
                Transaction transaction = await(connection.begin());
                try {
                    read(connection, sql, args, batch);
                } finally {
                    transaction.rollback().onFailure(f -> LOG.debug("rollback failed", f));
                }
            } finally {
                connection.close();
            }
        } finally {
            cursors.release();
        }
    }

    private static void read(SqlConnection connection, String sql, Tuple args, Consumer<RowSet<Row>> batch) {
        PreparedStatement statement = await(connection.prepare(sql));
        try {
            Cursor cursor = statement.cursor(args);
            RowSet<Row> rows = await(cursor.read(BATCH));
            batch.accept(rows);
            while (cursor.hasMore()) {
                rows = await(cursor.read(BATCH));
                if (rows.size() > 0) {
                    batch.accept(rows);
                }
            }
            await(cursor.close());
        } finally {
            statement.close();
        }
    }

    /**
     * Runs work in a transaction and returns its value once it is committed. Blocks: call it on a virtual thread.
     *
     * @throws DatabaseUnavailableException if there is no database; nothing has happened then, or the commit's fate is unknown
     */
    public <T> T transaction(Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (PgException e) {
                if (!CONFLICTS.contains(e.getSqlState()) || attempt == CONFLICT_TRIES) {
                    throw e;
                }
                LOG.debugf("transaction lost a conflict (%s), attempt %d", e.getSqlState(), attempt);
                pause(attempt);
            }
        }
    }

    /** As {@link #transaction} for work without a value. */
    public void run(Consumer<Tx> work) {
        transaction(tx -> {
            work.accept(tx);
            return null;
        });
    }

    private <T> T once(Work<T> work) {
        SqlConnection connection = await(pool.getConnection());
        Tx tx = new Tx(connection);
        T value;
        try {
            Transaction transaction = await(connection.begin());
            try {
                value = work.in(tx);
                tx.flush();
                await(transaction.commit());
            } catch (RuntimeException | Error e) {
                transaction.rollback().onFailure(f -> LOG.debug("rollback failed", f));
                throw e;
            }
        } finally {
            connection.close();
        }
        tx.runAfterCommit();
        afterCommit.signal(tx);
        return value;
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(2, 5L << attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailableException("interrupted while waiting to repeat a transaction", e);
        }
    }

    /** Waits for a future on a virtual thread and throws its failure as an unchecked exception. */
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailableException("interrupted while waiting for the database", e);
        } catch (ExecutionException | CompletionException e) {
            Throwable translated = translate(e.getCause());
            if (translated instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new DatabaseUnavailableException("the database did not answer", translated);
        }
    }

    /** A failure of the statement stays a {@link PgException}; everything else means that the database is not there. */
    static Throwable translate(Throwable failure) {
        if (failure instanceof PgException pg && !unavailable(pg)) {
            return pg;
        }
        if (failure instanceof DatabaseUnavailableException || failure instanceof IllegalArgumentException) {
            return failure;
        }
        return new DatabaseUnavailableException("the database is not available: " + failure.getMessage(), failure);
    }

    /** Class 08: connection; 53: out of resources; 57P: shutting down, starting up. */
    private static boolean unavailable(PgException e) {
        String state = e.getSqlState();
        return state != null && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P"));
    }
}
