package io.burnish.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.burnish.contracts.Topics;
import io.burnish.platform.app.PlatformProcess;
import io.burnish.platform.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {

    @TempDir
    Path folder;

    private final List<Integer> ports = Ports.free(2);
    private final String bootstrap = "127.0.0.1:" + ports.getFirst();

    @Test
    void acknowledgedRecordsSurviveAKillOfTheBroker() throws Exception {
        Set<String> acknowledged = new HashSet<>();
        try (PlatformProcess broker = startBroker()) {
            acknowledged.addAll(produce(0, 500));
            broker.kill9();
        }
        try (PlatformProcess broker = startBroker()) {
            acknowledged.addAll(produce(500, 600));
            assertThat(acknowledged).hasSize(600);
            assertThat(consume(600)).containsExactlyInAnyOrderElementsOf(acknowledged);
            assertThat(broker.stop()).isIn(0, 143);
        }
    }

    @Test
    void aStartMakesTheTopicsAndTheirSettingsAndNoOthersComeByUse() throws Exception {
        try (PlatformProcess broker = startBroker();
                Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            assertThat(broker.handle().isAlive()).isTrue();
            assertThat(admin.listTopics().names().get())
                    .containsExactlyInAnyOrderElementsOf(
                            BurnishTopics.all().stream().map(TopicSpec::name).toList());
            assertThat(setting(admin, Topics.LOCKS, "cleanup.policy")).isEqualTo("compact");
            assertThat(setting(admin, Topics.JOB_EVENTS, "flush.messages")).isEqualTo("1");
            assertThatThrownBy(() -> admin.describeTopics(List.of("by-use"))
                            .allTopicNames()
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void topicsThatExistGetTheSettingsOfTheirSpecification() throws Exception {
        TopicSpec before = new TopicSpec("changing", 2, new TopicSpec.Cleanup.Kept(Duration.ofDays(1), 1 << 20), false);
        TopicSpec after = new TopicSpec("changing", 2, new TopicSpec.Cleanup.Kept(Duration.ofDays(2), 1 << 20), true);
        try (PlatformProcess broker = startBroker();
                Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            assertThat(broker.handle().isAlive()).isTrue();
            KafkaTopics.ensure(bootstrap, List.of(before), true);
            KafkaTopics.ensure(bootstrap, List.of(after), true);

            assertThat(setting(admin, "changing", "retention.ms"))
                    .isEqualTo(Long.toString(Duration.ofDays(2).toMillis()));
            assertThat(setting(admin, "changing", "flush.messages")).isEqualTo("1");
        }
    }

    @Test
    void anotherProgramOnThePortIsAnErrorThatNamesThePort() throws Exception {
        try (ServerSocket taken = new ServerSocket(ports.getFirst(), 1, InetAddress.getLoopbackAddress())) {
            KafkaOptions options = KafkaOptions.throwAway(folder, taken.getLocalPort(), ports.getLast());

            assertThatThrownBy(() -> KafkaBroker.start(options))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + ports.getFirst());
        }
    }

    private PlatformProcess startBroker() throws Exception {
        return PlatformProcess.start(
                "kafka",
                "--data",
                folder.toString(),
                "--port",
                ports.getFirst().toString(),
                "--controller-port",
                ports.getLast().toString());
    }

    private List<String> produce(int from, int to) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "acks", "all");
        List<String> acknowledged = new ArrayList<>();
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = from; i < to; i++) {
                sent.add(producer.send(new ProducerRecord<>(Topics.JOB_EVENTS, "key-" + i, "value-" + i)));
            }
            for (int i = from; i < to; i++) {
                sent.get(i - from).get();
                acknowledged.add("value-" + i);
            }
        }
        return acknowledged;
    }

    private List<String> consume(int expected) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(consumer.partitionsFor(Topics.JOB_EVENTS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            Instant deadline = Instant.now().plusSeconds(20);
            while (values.size() < expected && Instant.now().isBefore(deadline)) {
                consumer.poll(Duration.ofMillis(200)).forEach(found -> values.add(found.value()));
            }
        }
        return values;
    }

    private static String setting(Admin admin, String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        return config.get(name).value();
    }
}
