package io.burnish.kit.messaging;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.Topics;
import io.burnish.kit.sql.Tx;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/** Keeps messages that could not be handled: a row to replay from, a record on the dead-letter topic, a log line, a count. */
@ApplicationScoped
public class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final MeterRegistry meters;

    DeadLetters(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * What the dead-letter topic carries.
     *
     * @param id of the row that the service keeps; 0: it keeps none
     * @param payload the record's value as text; {@code null} for a tombstone
     */
    public record DeadLetter(
            long id,
            String consumer,
            String topic,
            String key,
            String payload,
            Map<String, String> headers,
            String error) {}

    void bury(Tx tx, String consumer, ConsumerRecord<String, byte[]> record, RuntimeException cause) {
        String payload = record.value() == null ? null : new String(record.value(), StandardCharsets.UTF_8);
        Map<String, String> headers = headers(record);
        long id = tx.one(
                        """
                        INSERT INTO dead_letter (consumer, topic, key, payload, headers, error)
                        VALUES ($1, $2, $3, $4, $5::text::jsonb, $6) RETURNING id\
                        """,
                        consumer,
                        record.topic(),
                        record.key(),
                        payload,
                        ContractJson.text(headers),
                        cause.toString())
                .getLong(0);
        DeadLetter letter =
                new DeadLetter(id, consumer, record.topic(), record.key(), payload, headers, cause.toString());
        tx.publish(Outgoing.of(Topics.DEAD_LETTERS, record.key() == null ? consumer : record.key(), letter));
        tx.afterCommit(() -> {
            meters.counter("burnish.dead.letters", "consumer", consumer).increment();
            LOG.errorf(
                    cause,
                    "%s could not handle record %s-%d@%d (key %s); it is kept as a dead letter",
                    consumer,
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.key());
        });
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }
}
