package io.burnish.kit.messaging;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.kit.failpoint.Failpoint;
import io.burnish.kit.log.LogContext;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.DatabaseUnavailableException;
import io.burnish.kit.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Applies messages from Kafka to the database.
 *
 * <p>Guarantee: the effect of every message is committed exactly once. A batch of records is one transaction that also notes the
 * messages' identities; records are acknowledged to Kafka after the commit, so a crash brings them again and the notes make
 * them disappear. Order: as polled, hence per key as published.
 *
 * <p>Failures: while the database is away the batch waits. A batch that fails for another reason is taken apart; a record that
 * still fails after {@value #TRIES} tries goes to the dead letters, and the others go on.
 */
@ApplicationScoped
public class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);
    private static final int TRIES = 3;
    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);
    private static final String NOTE = """
        INSERT INTO inbox (consumer, source, message_id)
        SELECT $1, * FROM unnest($2::text[], $3::bigint[])
        ON CONFLICT DO NOTHING RETURNING source, message_id\
        """;

    private final Database database;
    private final DeadLetters deadLetters;
    private final ServiceName self;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Batch<?>> readers = new ConcurrentHashMap<>();

    Inbox(
            Database database,
            DeadLetters deadLetters,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.database = database;
        this.deadLetters = deadLetters;
        this.self = ServiceName.of(service);
    }

    /** Applies messages in a transaction. */
    @FunctionalInterface
    public interface Handler<T> {
        /** Applies all messages, in this order; none of them was applied before. */
        void apply(Tx tx, List<Received<T>> messages);
    }

    /** How a message that was applied before is recognised. */
    public enum Deduplication {
        /** By its identity, noted in the inbox table. */
        BY_MESSAGE,
        /** By the handler itself, for example by an object's version; saves the note. */
        BY_HANDLER
    }

    /**
     * Applies a polled batch; the result completes when it is committed. Never fails but by shutdown.
     *
     * @param consumer stable name of this reader of its topics
     */
    public <T> Uni<Void> consume(
            String consumer, ConsumerRecords<String, byte[]> records, Class<T> type, Handler<T> handler) {
        return consume(consumer, records, type, Deduplication.BY_MESSAGE, handler);
    }

    /** As {@link #consume(String, ConsumerRecords, Class, Handler)} with another way to recognise repetitions. */
    public <T> Uni<Void> consume(
            String consumer,
            ConsumerRecords<String, byte[]> records,
            Class<T> type,
            Deduplication deduplication,
            Handler<T> handler) {
        Batch<T> batch = new Batch<>(consumer, type, deduplication, handler);
        readers.put(consumer, batch);
        List<ConsumerRecord<String, byte[]>> mine = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            ServiceName recipient = Received.recipient(record);
            if (recipient == null || recipient == self) {
                mine.add(record);
            }
        }
        if (mine.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .<Void>item(() -> {
                    batch.apply(mine);
                    Failpoint.BEFORE_ACKNOWLEDGE.reach();
                    return null;
                })
                .runSubscriptionOn(threads);
    }

    /**
     * Applies a record that was put aside, in the caller's transaction, which must see to it that this is done once.
     *
     * @return whether the reader is known: it is once it has read anything since the service was started
     */
    boolean applyAgain(Tx tx, String consumer, ConsumerRecord<String, byte[]> record) {
        Batch<?> reader = readers.get(consumer);
        if (reader != null) {
            reader.applyAgain(tx, record);
        }
        return reader != null;
    }

    private final class Batch<T> {
        private final String consumer;
        private final Class<T> type;
        private final Deduplication deduplication;
        private final Handler<T> handler;

        Batch(String consumer, Class<T> type, Deduplication deduplication, Handler<T> handler) {
            this.consumer = consumer;
            this.type = type;
            this.deduplication = deduplication;
            this.handler = handler;
        }

        void apply(List<ConsumerRecord<String, byte[]>> records) {
            try {
                applyPatiently(records);
            } catch (RuntimeException e) {
                if (records.size() > 1) {
                    LOG.debugf(e, "%s: batch of %d failed, taking it apart", consumer, records.size());
                }
                records.forEach(this::applyAlone);
            }
        }

        private void applyAlone(ConsumerRecord<String, byte[]> record) {
            for (int attempt = 1; ; attempt++) {
                try {
                    applyPatiently(List.of(record));
                    return;
                } catch (RuntimeException e) {
                    if (attempt == TRIES || e instanceof io.burnish.contracts.MalformedMessageException) {
                        bury(record, e);
                        return;
                    }
                }
            }
        }

        private void bury(ConsumerRecord<String, byte[]> record, RuntimeException cause) {
            patiently(() -> database.run(tx -> {
                if (!fresh(tx, List.of(Received.<Void>of(record, null))).isEmpty()) {
                    deadLetters.bury(tx, consumer, record, cause);
                }
            }));
        }

        /** Applies in one transaction, waiting for the database as long as it takes. */
        private void applyPatiently(List<ConsumerRecord<String, byte[]>> records) {
            List<Received<T>> messages = records.stream().map(this::read).toList();
            patiently(() -> database.run(tx -> {
                List<Received<T>> fresh = deduplication == Deduplication.BY_MESSAGE ? fresh(tx, messages) : messages;
                if (!fresh.isEmpty()) {
                    LogContext.with(fresh.size() == 1 ? fresh.getFirst() : null, () -> handler.apply(tx, fresh));
                }
            }));
        }

        private void applyAgain(Tx tx, ConsumerRecord<String, byte[]> record) {
            Received<T> message = read(record);
            LogContext.with(message, () -> handler.apply(tx, List.of(message)));
        }

        private Received<T> read(ConsumerRecord<String, byte[]> record) {
            return Received.of(record, record.value() == null ? null : ContractJson.read(record.value(), type));
        }

        private <V> List<Received<V>> fresh(Tx tx, List<Received<V>> messages) {
            record Identity(String source, long id) {}
            Set<Identity> unseen = new HashSet<>();
            for (Row row : tx.query(
                    NOTE,
                    consumer,
                    messages.stream().map(Received::source).toArray(String[]::new),
                    messages.stream().map(Received::messageId).toArray(Long[]::new))) {
                unseen.add(new Identity(row.getString(0), row.getLong(1)));
            }
            // remove(): a batch may itself hold a message twice
            return messages.stream()
                    .filter(m -> unseen.remove(new Identity(m.source(), m.messageId())))
                    .toList();
        }

        private void patiently(Runnable work) {
            boolean complained = false;
            while (true) {
                try {
                    work.run();
                    return;
                } catch (DatabaseUnavailableException e) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw e;
                    }
                    if (!complained) {
                        complained = true;
                        LOG.warnf("%s waits for the database: %s", consumer, e.getMessage());
                    }
                    pause();
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
