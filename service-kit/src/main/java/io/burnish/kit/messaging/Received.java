package io.burnish.kit.messaging;

import io.burnish.contracts.MessageHeaders;
import io.burnish.contracts.ServiceName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A message as it arrived.
 *
 * @param value {@code null} for a tombstone
 * @param source service that sent it
 * @param messageId unique at the source
 * @param sentAt by the clock of the process that sent it; the same when the record is delivered again
 * @param version of the object, on facts and tombstones; {@code null} otherwise
 */
public record Received<T>(
        String topic,
        String key,
        T value,
        String source,
        long messageId,
        Instant sentAt,
        Long version,
        Long jobId,
        Long commandId) {

    /** The service it is meant for, unread; {@code null}: everybody. */
    static ServiceName recipient(ConsumerRecord<String, byte[]> record) {
        String name = text(record.headers(), MessageHeaders.RECIPIENT);
        return name == null ? null : ServiceName.of(name);
    }

    static <T> Received<T> of(ConsumerRecord<String, byte[]> record, T value) {
        Headers headers = record.headers();
        String source = text(headers, MessageHeaders.SOURCE);
        Long id = number(headers, MessageHeaders.MESSAGE_ID);
        return new Received<>(
                record.topic(),
                record.key(),
                value,
                // a foreign record without our headers is identified by its place
                source == null ? record.topic() + "-" + record.partition() : source,
                id == null ? record.offset() : id,
                Instant.ofEpochMilli(record.timestamp()),
                number(headers, MessageHeaders.VERSION),
                number(headers, MessageHeaders.JOB),
                number(headers, MessageHeaders.COMMAND));
    }

    static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static Long number(Headers headers, String name) {
        String text = text(headers, name);
        return text == null ? null : Long.valueOf(text);
    }
}
