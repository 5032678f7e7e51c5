package io.burnish.platform.kafka;

import io.burnish.platform.process.Ports;
import java.io.IOException;
import java.util.List;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker with its controller in this JVM, on 127.0.0.1 only.
 *
 * <p>A fatal error of the broker ends the JVM, so it should have one of its own. Topics are not created by use: see
 * {@link #ensureTopics}.
 */
public final class KafkaBroker implements AutoCloseable {

    private final KafkaOptions options;
    private final KafkaRaftServer server;

    private KafkaBroker(KafkaOptions options, KafkaRaftServer server) {
        this.options = options;
        this.server = server;
    }

    /**
     * Starts a broker and waits until it serves clients. After a kill it first checks the ends of its logs.
     *
     * @throws IOException if a port is taken or the directory is not usable
     */
    public static KafkaBroker start(KafkaOptions options) throws IOException {
        requireFree(options.port());
        requireFree(options.controllerPort());
        new LogDirectory(options.directory()).format();
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(BrokerSettings.of(options), false), Time.SYSTEM);
        server.startup();
        return new KafkaBroker(options, server);
    }

    private static void requireFree(int port) throws IOException {
        if (!Ports.isFree(port)) {
            throw new IOException(
                    "port " + port + " on 127.0.0.1, which Kafka should use, is taken by another program");
        }
    }

    /** For clients, for example {@code 127.0.0.1:9092}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + options.port();
    }

    /** Creates what is missing of these topics and gives all of them their settings. */
    public void ensureTopics(List<TopicSpec> topics) {
        KafkaTopics.ensure(bootstrapServers(), topics, options.durable());
    }

    /** Ends the broker in order; returns when everything is on the disk. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Waits until the broker has ended. */
    public void awaitEnd() {
        server.awaitShutdown();
    }
}
