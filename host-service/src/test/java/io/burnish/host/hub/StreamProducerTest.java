package io.burnish.host.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.burnish.contracts.Topics;
import io.burnish.contracts.agent.SampleBatch;
import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.agent.SampleBatch.SeriesType;
import io.burnish.platform.kafka.BurnishTopics;
import io.burnish.platform.kafka.KafkaBroker;
import io.burnish.platform.kafka.KafkaOptions;
import io.burnish.platform.process.Ports;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What agents send outlives an outage of Kafka that is longer than the producer waits. A slow Kafka may get a batch twice, but always under
 * the identity by which its readers know it.
 */
class StreamProducerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Long> stored = new CopyOnWriteArrayList<>();

    @Test
    void batchesWaitForKafkaLongerThanItsProducer() throws Exception {
        List<Integer> ports = Ports.free(2);
        KafkaBroker broker = broker(ports);
        String bootstrap = broker.bootstrapServers();
        try (KafkaProducer<String, byte[]> producer = producer(bootstrap)) {
            StreamProducer stream = new StreamProducer(producer, meters);
            stream.start(null);
            store(stream, 1, new AtomicBoolean(true));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(stored).containsExactly(1L));

            broker.close();
            AtomicBoolean leaving = new AtomicBoolean(true);
            store(stream, 2, new AtomicBoolean(true));
            store(stream, 3, leaving);
            await().atMost(PATIENCE).until(() -> count("burnish.hub.stream.repeated") >= 2);
            leaving.set(false);
            assertThat(stored).containsExactly(1L);

            broker = broker(ports);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(stored).contains(2L));
            stream.stop(null);
            producer.flush();
        }
        try (KafkaBroker last = broker;
                TopicReader topics = new TopicReader(last.bootstrapServers(), Topics.SAMPLES)) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(topics.identities(Topics.SAMPLES))
                    .startsWith("agent-7-e1 1")
                    .contains("agent-7-e1 2"));
            assertThat(topics.identities(Topics.SAMPLES)).allMatch(identity -> identity.startsWith("agent-7-e1 "));
        }
        assertThat(stored).as("each is said once").doesNotHaveDuplicates();
        assertThat(count("burnish.hub.stream.refused")).isZero();
    }

    private KafkaBroker broker(List<Integer> ports) throws IOException {
        KafkaBroker broker = KafkaBroker.start(KafkaOptions.throwAway(directory, ports.get(0), ports.get(1)));
        broker.ensureTopics(BurnishTopics.all());
        return broker;
    }

    private static KafkaProducer<String, byte[]> producer(String bootstrap) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "acks", "all",
                        "request.timeout.ms", 500,
                        "delivery.timeout.ms", 1_000,
                        "max.block.ms", 1_000,
                        "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private void store(StreamProducer stream, long number, AtomicBoolean wanted) {
        SampleBatch batch = new SampleBatch(
                7, "e1", number, Instant.now(), List.of(new Sample(null, "x", SeriesType.GAUGE, number)));
        stream.store(
                new StreamProducer.Stored(Topics.SAMPLES, 7, "e1", number, batch),
                wanted::get,
                () -> stored.add(number));
    }

    private double count(String counter) {
        return meters.counter(counter).count();
    }
}
