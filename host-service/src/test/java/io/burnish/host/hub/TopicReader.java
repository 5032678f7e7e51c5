package io.burnish.host.hub;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MessageHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Collects everything that is published on topics, from the beginning of the test. */
public final class TopicReader implements AutoCloseable {

    private final List<ConsumerRecord<String, byte[]>> records = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean stopping;

    public TopicReader(String bootstrap, String... topics) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "group.id",
                        UUID.randomUUID().toString(),
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(topics));
        thread = Thread.ofPlatform().daemon().start(() -> {
            try (consumer) {
                while (!stopping) {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                }
            }
        });
    }

    /** Messages of a topic that can be read as the type. */
    public <T> List<T> messages(String topic, Class<T> type) {
        return records.stream()
                .filter(record -> record.topic().equals(topic) && record.value() != null)
                .map(record -> ContractJson.read(record.value(), type))
                .toList();
    }

    /** Source and message id of each message of a topic. */
    public List<String> identities(String topic) {
        return records.stream()
                .filter(record -> record.topic().equals(topic))
                .map(record -> header(record, MessageHeaders.SOURCE) + " " + header(record, MessageHeaders.MESSAGE_ID))
                .toList();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** All values as text. */
    public List<String> texts() {
        return records.stream()
                .filter(record -> record.value() != null)
                .map(record -> new String(record.value(), java.nio.charset.StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
