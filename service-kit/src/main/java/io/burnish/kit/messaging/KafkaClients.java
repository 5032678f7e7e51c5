package io.burnish.kit.messaging;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The Kafka producers of a service: idempotent, acknowledged by all in-sync replicas, in order per key. The default one sends at once; the
 * one named {@value #STREAM} is for much that is in no hurry, and sends less often and compressed.
 */
@ApplicationScoped
public class KafkaClients {

    /** Identifier of the producer for streams. */
    public static final String STREAM = "stream";

    private static final int STREAM_LINGER_MILLIS = 20;
    private static final int STREAM_BATCH = 256 << 10;

    private final Map<String, Object> settings = new HashMap<>();
    private final List<Producer<String, byte[]>> producers = new CopyOnWriteArrayList<>();

    KafkaClients(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 16L << 20);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 << 20);
    }

    @Produces
    @Singleton
    Producer<String, byte[]> producer() {
        return open(Map.of());
    }

    @Produces
    @Singleton
    @Identifier(STREAM)
    Producer<String, byte[]> stream() {
        return open(Map.of(
                ProducerConfig.LINGER_MS_CONFIG,
                STREAM_LINGER_MILLIS,
                ProducerConfig.BATCH_SIZE_CONFIG,
                STREAM_BATCH,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4"));
    }

    private Producer<String, byte[]> open(Map<String, Object> special) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(special);
        Producer<String, byte[]> producer = new KafkaProducer<>(all, new StringSerializer(), new ByteArraySerializer());
        producers.add(producer);
        return producer;
    }

    void close(@Observes ShutdownEvent shutdown) {
        producers.forEach(producer -> producer.close(Duration.ofSeconds(3)));
    }
}
