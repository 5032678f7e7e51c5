package io.burnish.kit.messaging;

import io.burnish.contracts.MessageHeaders;
import io.burnish.kit.failpoint.Failpoint;
import io.burnish.kit.sql.MessagesCommitted;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Publishes the outbox.
 *
 * <p>Guarantee: every message of a committed transaction is published at least once, in the order of message ids as they become
 * visible. One relay works per database at a time (a session-level advisory lock on the connection that reads and deletes); when
 * the connection dies the lock is gone and another instance takes over. A message is deleted only after Kafka has acknowledged it.
 * Transactions that write about the same row get their ids while they hold the row's lock, therefore their messages are published
 * in the order of their commits.
 */
@ApplicationScoped
public class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    /** Any constant: the lock is per database, and every service has its own. */
    private static final long LOCK = 0x6275726e697368L;

    private static final int BATCH = 1000;
    private static final long IDLE_POLL_MILLIS = 1000;
    private static final String READ = """
            SELECT id, topic, key, payload, recipient, version, job_id, command_id
            FROM outbox ORDER BY id LIMIT %d""".formatted(BATCH);

    private final Pool pool;
    private final Producer<String, byte[]> producer;
    private final byte[] source;
    private final Counter published;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean stopping;
    private Thread thread;

    OutboxRelay(
            Pool pool,
            Producer<String, byte[]> producer,
            MeterRegistry meters,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.pool = pool;
        this.producer = producer;
        this.source = service.getBytes(StandardCharsets.UTF_8);
        this.published = meters.counter("burnish.outbox.published");
    }

    void start(@Observes StartupEvent startup) {
        thread = Thread.ofVirtual().name("outbox-relay").start(this::relayUntilStopped);
    }

    void wake(@Observes MessagesCommitted committed) {
        wake.release();
    }

    void stop(@Observes ShutdownEvent shutdown) {
        stopping = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void relayUntilStopped() {
        boolean failing = false;
        while (!stopping) {
            try (Session session = new Session(await(pool.getConnection()))) {
                if (session.lock()) {
                    failing = false;
                    session.relay();
                } else {
                    pause();
                }
            } catch (InterruptedException e) {
                return;
            } catch (ExecutionException | RuntimeException e) {
                if (!failing) {
                    failing = true;
                    LOG.warnf("publishing is interrupted, will go on: %s", rootMessage(e));
                }
                pauseQuietly();
            }
        }
    }

    /** The time with the lock: one connection. */
    private final class Session implements AutoCloseable {
        private final SqlConnection connection;

        Session(SqlConnection connection) {
            this.connection = connection;
        }

        boolean lock() throws ExecutionException, InterruptedException {
            return await(connection
                            .preparedQuery("SELECT pg_try_advisory_lock($1)")
                            .execute(Tuple.of(LOCK)))
                    .iterator()
                    .next()
                    .getBoolean(0);
        }

        void relay() throws ExecutionException, InterruptedException {
            while (!stopping) {
                wake.drainPermits();
                List<Long> ids = publishBatch();
                if (ids.isEmpty()) {
                    wake.tryAcquire(IDLE_POLL_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        }

        private List<Long> publishBatch() throws ExecutionException, InterruptedException {
            List<Long> ids = new ArrayList<>();
            List<java.util.concurrent.Future<?>> sent = new ArrayList<>();
            RowSet<Row> rows = await(connection.preparedQuery(READ).execute());
            if (rows.size() > 0) {
                Failpoint.BEFORE_PUBLISH.reach();
            }
            for (Row row : rows) {
                ids.add(row.getLong("id"));
                sent.add(producer.send(record(row)));
            }
            for (java.util.concurrent.Future<?> acknowledgement : sent) {
                acknowledgement.get();
            }
            if (!ids.isEmpty()) {
                Failpoint.AFTER_PUBLISH.reach();
                await(connection
                        .preparedQuery("DELETE FROM outbox WHERE id = ANY($1)")
                        .execute(Tuple.of(ids.toArray(Long[]::new))));
                published.increment(ids.size());
            }
            return ids;
        }

        @Override
        public void close() {
            // the advisory lock belongs to the database session, which the pool would keep
            connection.query("SELECT pg_advisory_unlock_all()").execute().onComplete(done -> connection.close());
        }
    }

    private ProducerRecord<String, byte[]> record(Row row) {
        String payload = row.getString("payload");
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                row.getString("topic"),
                row.getString("key"),
                payload == null ? null : payload.getBytes(StandardCharsets.UTF_8));
        Headers headers = record.headers();
        headers.add(MessageHeaders.SOURCE, source);
        header(headers, MessageHeaders.MESSAGE_ID, row.getLong("id"));
        header(headers, MessageHeaders.RECIPIENT, row.getString("recipient"));
        header(headers, MessageHeaders.VERSION, row.getLong("version"));
        header(headers, MessageHeaders.JOB, row.getLong("job_id"));
        header(headers, MessageHeaders.COMMAND, row.getLong("command_id"));
        return record;
    }

    private static void header(Headers headers, String name, Object value) {
        if (value != null) {
            headers.add(name, value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static <T> T await(Future<T> future) throws ExecutionException, InterruptedException {
        return future.toCompletionStage().toCompletableFuture().get();
    }

    private void pause() throws InterruptedException {
        wake.tryAcquire(IDLE_POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void pauseQuietly() {
        try {
            TimeUnit.MILLISECONDS.sleep(IDLE_POLL_MILLIS / 2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }
}
