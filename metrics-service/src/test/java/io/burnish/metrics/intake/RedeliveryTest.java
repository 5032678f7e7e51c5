package io.burnish.metrics.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.Topics;
import io.burnish.kit.security.Tokens;
import io.burnish.metrics.Lab;
import io.burnish.metrics.storage.Upkeep;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A service that lost its place in the topic, or died before it told Kafka how far it was, reads records again. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
class RedeliveryTest {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    Tokens tokens;

    @Inject
    SampleIntake intake;

    @Inject
    Upkeep upkeep;

    @Test
    void readingTheTopicAgainFromTheBeginningChangesNothing() {
        try (Lab lab = new Lab(kafka, tokens)) {
            Instant hour = Instant.ofEpochSecond(Instant.now().getEpochSecond() / 3600 * 3600 - 2 * 3600);
            double sum = 0;
            for (int i = 0; i < 60; i++) {
                double value = ThreadLocalRandom.current().nextInt(1_000_000);
                sum += value;
                lab.sampling(lab.a, hour.plusSeconds(i * 10), Lab.gauge("x", value));
            }
            lab.awaitAll(lab.a);
            String url = "/api/host/" + lab.a + "/metric/?metrics=x&num_points=1&begin=" + hour + "&end="
                    + hour.plusSeconds(3600);
            String expected = "0=" + sum / 60;

            assertThat(readAgain()).isGreaterThanOrEqualTo(60);
            assertThat(lab.values(url, "x", hour)).containsExactly(expected);
            upkeep.store(Instant.now());
            readAgain();
            assertThat(lab.values(url, "x", hour)).containsExactly(expected);
            upkeep.store(Instant.now());
            assertThat(lab.values(url, "x", hour)).containsExactly(expected);
        }
    }

    private int readAgain() {
        int read = 0;
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.SAMPLES).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < end.get(partition))) {
                ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofSeconds(1));
                intake.samples(records).await().atMost(Lab.SOON);
                read += records.count();
            }
        }
        return read;
    }
}
