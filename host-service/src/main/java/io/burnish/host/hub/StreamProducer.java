package io.burnish.host.hub;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MessageHeaders;
import io.burnish.kit.messaging.KafkaClients;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jboss.logging.Logger;

/**
 * Sends what is too much for the database straight to Kafka.
 *
 * <p>Samples and log lines are sent until Kafka has them or the connection that brought them ends; then the agent is told, or brings them
 * again over its next connection. They carry the agent's number for them, so a reader recognises what comes twice. As an agent has one of
 * each under way, their order is kept, and what waits here while Kafka is away is bounded by the number of agents.
 *
 * <p>Pieces of consoles may be lost without harm, for the whole console comes again with the step's end: while Kafka is away, or slower
 * than the agents, what does not fit is dropped and counted ({@code burnish.hub.stream.dropped}).
 */
@ApplicationScoped
class StreamProducer {

    private static final Logger LOG = Logger.getLogger(StreamProducer.class);
    private static final int QUEUE = 8192;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Producer<String, byte[]> producer;
    private final Counter dropped;
    private final Counter refused;
    private final Counter repeated;
    private final BlockingQueue<Sending> queue = new LinkedBlockingQueue<>();
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile Thread sender;

    StreamProducer(@Identifier(KafkaClients.STREAM) Producer<String, byte[]> producer, MeterRegistry meters) {
        this.producer = producer;
        this.dropped = meters.counter("burnish.hub.stream.dropped");
        this.refused = meters.counter("burnish.hub.stream.refused");
        this.repeated = meters.counter("burnish.hub.stream.repeated");
    }

    /**
     * A batch of an agent that must not be lost.
     *
     * @param number of the agent's epoch and this topic
     */
    record Stored(String topic, long hostId, String agentEpoch, long number, Object message) {

        private ProducerRecord<String, byte[]> record() {
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(topic, Long.toString(hostId), ContractJson.write(message));
            record.headers()
                    .add(MessageHeaders.SOURCE, text("agent-" + hostId + "-" + agentEpoch))
                    .add(MessageHeaders.MESSAGE_ID, text(Long.toString(number)));
            return record;
        }

        private static byte[] text(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
    }

    private sealed interface Sending {
        ProducerRecord<String, byte[]> record();

        record Piece(ProducerRecord<String, byte[]> record) implements Sending {}

        record Kept(ProducerRecord<String, byte[]> record, BooleanSupplier wanted, Runnable stored)
                implements Sending {}
    }

    void start(@Observes StartupEvent startup) {
        sender = Thread.ofVirtual().name("hub-stream").start(this::sendUntilInterrupted);
    }

    void stop(@Observes ShutdownEvent shutdown) {
        Thread started = sender;
        if (started != null) {
            started.interrupt();
        }
    }

    /** Sends a message, or drops it. Never blocks. */
    void send(String topic, String key, Object message) {
        if (queue.size() >= QUEUE) {
            dropped.increment();
        } else {
            queue.add(new Sending.Piece(new ProducerRecord<>(topic, key, ContractJson.write(message))));
        }
    }

    /**
     * Sends a batch until Kafka has it. Never blocks.
     *
     * @param wanted whether the agent still waits on this connection; once not, the batch is given up here
     * @param stored called when Kafka has the batch
     */
    void store(Stored batch, BooleanSupplier wanted, Runnable stored) {
        queue.add(new Sending.Kept(batch.record(), wanted, stored));
    }

    private void sendUntilInterrupted() {
        try {
            while (true) {
                Sending next = queue.take();
                if (!(next instanceof Sending.Kept kept) || kept.wanted().getAsBoolean()) {
                    send(next);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("what is not in Kafka will be sent again by the agents");
        }
    }

    private void send(Sending next) {
        try {
            producer.send(next.record(), (metadata, failure) -> ended(next, failure));
        } catch (RuntimeException e) {
            ended(next, e);
        }
    }

    private void ended(Sending sending, Exception failure) {
        if (failure == null) {
            failing.set(false);
        } else if (failing.compareAndSet(false, true)) {
            LOG.warnf("Kafka does not take samples and log lines, agents keep them: %s", failure.getMessage());
        }
        switch (sending) {
            case Sending.Piece piece -> {
                if (failure != null) {
                    dropped.increment();
                }
            }
            case Sending.Kept kept -> {
                if (failure == null) {
                    kept.stored().run();
                } else {
                    failed(kept, failure);
                }
            }
        }
    }

    private void failed(Sending.Kept kept, Exception failure) {
        if (failure instanceof RecordTooLargeException || failure instanceof SerializationException) {
            refused.increment();
            LOG.errorf(
                    "a batch of server %s is lost, Kafka will never take it: %s",
                    kept.record().key(), failure.getMessage());
            kept.stored().run();
        } else {
            repeated.increment();
            Thread.ofVirtual().start(() -> repeat(kept));
        }
    }

    private void repeat(Sending.Kept kept) {
        try {
            Thread.sleep(PAUSE);
            queue.add(kept);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
