package io.burnish.kit.sql;

import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.kit.messaging.Outgoing;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One database transaction, used by one virtual thread. Statements take {@code $1, $2, …}; JSON parameters are text with a cast:
 * {@code $1::text::jsonb}.
 */
public final class Tx {

    private static final String STORE_MESSAGES = """
            INSERT INTO outbox (topic, key, payload, recipient, version, job_id, command_id)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[])""";

    private final SqlConnection connection;
    private final List<Outgoing> messages = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();

    Tx(SqlConnection connection) {
        this.connection = connection;
    }

    /** Runs a statement and returns its rows. */
    public RowSet<Row> query(String sql, Object... args) {
        return Database.await(connection.preparedQuery(sql).execute(tuple(args)));
    }

    /** This transaction as a place to read: for code that does not block; whoever awaits it does. */
    public Statements statements() {
        return (sql, args) -> connection.preparedQuery(sql).execute(args);
    }

    /** Runs a statement and returns its first row, if any. */
    public Optional<Row> first(String sql, Object... args) {
        RowSet<Row> rows = query(sql, args);
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    /**
     * Runs a statement that returns exactly one row.
     *
     * @throws IllegalStateException if it returns none
     */
    public Row one(String sql, Object... args) {
        return first(sql, args).orElseThrow(() -> new IllegalStateException("no row from: " + sql));
    }

    /** Runs a statement and returns the number of rows it changed. */
    public int update(String sql, Object... args) {
        return query(sql, args).rowCount();
    }

    /** Runs a statement once per tuple, in one round trip. */
    public void batch(String sql, List<Tuple> tuples) {
        if (!tuples.isEmpty()) {
            Database.await(connection.preparedQuery(sql).executeBatch(tuples));
        }
    }

    /** Leaves a message in the outbox: it is published if and only if the transaction commits. */
    public void publish(Outgoing message) {
        messages.add(message);
    }

    /** Publishes the present snapshot of an object with the transaction. */
    public void publish(FactMessage fact) {
        facts.add(fact.fact());
        messages.add(Outgoing.fact(fact));
    }

    /** The snapshots published so far by this transaction: what it changes, as others will see it. */
    public List<Fact> publishedFacts() {
        return List.copyOf(facts);
    }

    /** Runs code once the transaction is committed; it must not fail and must not block. */
    public void afterCommit(Runnable code) {
        afterCommit.add(code);
    }

    boolean hasMessages() {
        return !messages.isEmpty();
    }

    void runAfterCommit() {
        afterCommit.forEach(Runnable::run);
    }

    /**
     * Writes the collected messages last, while the rows that they speak of are locked: so the order of ids of two messages about
     * one row is the order of the commits.
     */
    void flush() {
        if (messages.isEmpty()) {
            return;
        }
        query(
                STORE_MESSAGES,
                column(Outgoing::topic),
                column(Outgoing::key),
                column(Outgoing::payload),
                column(m -> m.recipient() == null ? null : m.recipient().wire()),
                messages.stream().map(Outgoing::version).toArray(Long[]::new),
                messages.stream().map(Outgoing::jobId).toArray(Long[]::new),
                messages.stream().map(Outgoing::commandId).toArray(Long[]::new));
    }

    private String[] column(java.util.function.Function<Outgoing, String> value) {
        return messages.stream().map(value).toArray(String[]::new);
    }

    private static Tuple tuple(Object... args) {
        Tuple tuple = Tuple.tuple();
        for (Object arg : args) {
            tuple.addValue(arg);
        }
        return tuple;
    }
}
