package io.burnish.testsupport;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MessageHeaders;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.Topics;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.FactMessage;
import io.burnish.contracts.fact.LockFact;
import io.burnish.contracts.model.ObjectRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The neighbours of the service under test: publishes their messages with the headers of the house and hears everything that is
 * published on some topics from the moment it is opened.
 */
public final class Bus implements AutoCloseable {

    private static final AtomicLong MESSAGE_IDS = new AtomicLong(System.currentTimeMillis() * 1000);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A message that was heard; {@code value} is {@code null} for a tombstone. */
    public record Heard(String topic, String key, String value) {

        /** The value as a record of the contracts. */
        public <T> T as(Class<T> type) {
            return ContractJson.read(value, type);
        }
    }

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<Heard> heard = new ArrayList<>();

    /** Opens a bus that hears the given topics. */
    public Bus(String bootstrapServers, Collection<String> topics) {
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 0),
                new StringSerializer(),
                new ByteArraySerializer());
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Publishes the present snapshot of an object, as its owner would. */
    public void publish(Fact fact) {
        publish(new FactMessage(fact, null));
    }

    /** Publishes the present snapshot of an object with its wire form. */
    public void publish(FactMessage message) {
        Fact fact = message.fact();
        send(
                fact.ref().type().owner(),
                Topics.facts(fact.ref().type()),
                fact.ref().toString(),
                ContractJson.text(message),
                fact.version());
    }

    /** Publishes the removal of an object, as its owner would. */
    public void publishRemoval(ObjectRef object, long version) {
        send(object.type().owner(), Topics.facts(object.type()), object.toString(), null, version);
    }

    /** Publishes the locks on an object as of a version; {@code null}: there are none any more. */
    public void publishLocks(ObjectRef object, long version, LockFact locks) {
        send(
                ServiceName.COMMAND,
                Topics.LOCKS,
                object.toString(),
                locks == null ? null : ContractJson.text(locks),
                version);
    }

    /** Publishes any message of a service; returns its id. */
    public long publish(ServiceName source, String topic, String key, Object value) {
        return send(source, topic, key, value == null ? null : ContractJson.text(value), null);
    }

    /** Publishes a message again under the id that it had: a redelivery. */
    public void again(ServiceName source, String topic, String key, Object value, long id) {
        send(source, topic, key, ContractJson.text(value), null, id);
    }

    private long send(ServiceName source, String topic, String key, String value, Long version) {
        return send(source, topic, key, value, version, MESSAGE_IDS.incrementAndGet());
    }

    private long send(ServiceName source, String topic, String key, String value, Long version, long id) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, key, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
        header(record, MessageHeaders.SOURCE, source.wire());
        header(record, MessageHeaders.MESSAGE_ID, Long.toString(id));
        if (version != null) {
            header(record, MessageHeaders.VERSION, version.toString());
        }
        try {
            producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not take the message", e.getCause());
        }
        return id;
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The first message that was or will be heard and matches; it is not found again.
     *
     * @throws AssertionError if there is none in time
     */
    public Heard await(String topic, Predicate<Heard> matching) {
        return awaitAny(one -> one.topic().equals(topic) && matching.test(one), topic);
    }

    /** As {@link #await(String, Predicate)} for a message of any of the topics. */
    public Heard awaitAny(Predicate<Heard> matching) {
        return awaitAny(matching, "any topic");
    }

    private Heard awaitAny(Predicate<Heard> matching, String where) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<Heard> found = take(matching);
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("no such message on %s; heard: %s".formatted(where, heard));
            }
            poll(Duration.ofMillis(100));
        }
    }

    /** As {@link #await(String, Predicate)} for any message of a topic. */
    public Heard await(String topic) {
        return await(topic, any -> true);
    }

    /** Everything heard on a topic so far and not taken yet, after listening for a moment. */
    public List<Heard> soFar(String topic, Duration moment) {
        poll(moment);
        return heard.stream().filter(one -> one.topic().equals(topic)).toList();
    }

    /** Everything heard on a topic, after listening for a moment; it is not found again. */
    public List<Heard> takeAll(String topic, Duration moment) {
        List<Heard> found = soFar(topic, moment);
        heard.removeAll(found);
        return found;
    }

    private Optional<Heard> take(Predicate<Heard> matching) {
        for (Heard one : heard) {
            if (matching.test(one)) {
                heard.remove(one);
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private void poll(Duration moment) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(moment)) {
            heard.add(new Heard(
                    record.topic(),
                    record.key(),
                    record.value() == null ? null : new String(record.value(), StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
        consumer.close();
    }
}
