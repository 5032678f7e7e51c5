package io.burnish.host.hub;

import io.burnish.contracts.ContractJson;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Sends what may be lost without harm straight to Kafka, without the database: console pieces (the whole console comes again with the
 * step's end), samples, log lines.
 *
 * <p>Order per key is kept. The queue is bounded: while Kafka is away, or slower than the agents, what does not fit is dropped and
 * counted ({@code burnish.hub.stream.dropped}).
 */
@ApplicationScoped
class StreamProducer {

    private static final Logger LOG = Logger.getLogger(StreamProducer.class);
    private static final int QUEUE = 8192;

    private final Producer<String, byte[]> producer;
    private final Counter dropped;
    private final BlockingQueue<ProducerRecord<String, byte[]>> queue = new ArrayBlockingQueue<>(QUEUE);
    private volatile Thread sender;

    StreamProducer(Producer<String, byte[]> producer, MeterRegistry meters) {
        this.producer = producer;
        this.dropped = meters.counter("burnish.hub.stream.dropped");
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
        if (!queue.offer(new ProducerRecord<>(topic, key, ContractJson.write(message)))) {
            dropped.increment();
        }
    }

    private void sendUntilInterrupted() {
        boolean failing = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                ProducerRecord<String, byte[]> record = queue.take();
                producer.send(record, (metadata, failure) -> {
                    if (failure != null) {
                        dropped.increment();
                    }
                });
                failing = false;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                dropped.increment();
                if (!failing) {
                    failing = true;
                    LOG.warnf("console, samples and log lines are being dropped: %s", e.getMessage());
                }
            }
        }
    }
}
