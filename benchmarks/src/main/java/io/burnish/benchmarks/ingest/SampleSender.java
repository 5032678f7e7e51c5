package io.burnish.benchmarks.ingest;

import io.burnish.contracts.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The hub's part: puts samplings of servers on the topic, as many a second as wanted. */
final class SampleSender implements AutoCloseable {

    static final Duration BETWEEN = Duration.ofSeconds(10);

    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    SampleSender(String kafka) {
        producer = new KafkaProducer<>(
                // as the hub's producer for streams
                Map.of(
                        "bootstrap.servers",
                        kafka,
                        "acks",
                        "all",
                        "linger.ms",
                        20,
                        "batch.size",
                        256 << 10,
                        "compression.type",
                        "lz4"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Makes one sampling. */
    @FunctionalInterface
    interface Maker {
        byte[] sampling(int server, long number, Instant takenAt);
    }

    /**
     * Sends rounds of all servers, ten seconds of their time apart, until the time is over or the rounds are done; returns the number of
     * samplings, all of which Kafka has then.
     *
     * @param perSecond samplings a second
     */
    long send(Maker maker, int servers, Instant firstRound, long rounds, double perSecond, Duration time) {
        long begin = System.nanoTime();
        long sent = 0;
        for (long round = 0; round < rounds; round++) {
            Instant takenAt = firstRound.plus(BETWEEN.multipliedBy(round));
            for (int server = 1; server <= servers; server++) {
                long due = begin + (long) (sent / perSecond * 1e9);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                if (System.nanoTime() - begin > time.toNanos()) {
                    return flushed(sent);
                }
                byte[] value = maker.sampling(server, round, takenAt);
                producer.send(
                        new ProducerRecord<>(Topics.SAMPLES, Integer.toString(server), value), (where, problem) -> {
                            if (problem != null) {
                                failure.compareAndSet(null, problem);
                            }
                        });
                sent++;
            }
        }
        return flushed(sent);
    }

    private long flushed(long sent) {
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("Kafka did not take a sampling", failure.get());
        }
        return sent;
    }

    @Override
    public void close() {
        producer.close();
    }
}
