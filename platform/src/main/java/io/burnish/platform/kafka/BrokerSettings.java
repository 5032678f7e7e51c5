package io.burnish.platform.kafka;

import java.util.Properties;

/**
 * The properties of a single broker that is its own controller, for a small machine.
 *
 * <p>Durability: an acknowledged record is in the system's page cache, so a kill of the broker loses nothing. Against loss of power
 * topics that carry work are flushed record by record ({@link TopicSpec#settings}), everything else once per second. Consumers'
 * offsets may so fall back by a second after a loss of power; the records are then read again and dropped as known.
 */
final class BrokerSettings {

    /** Larger than the largest request of a producer of Burnish (8 MiB). */
    private static final int LARGEST_BATCH = 9 << 20;

    private BrokerSettings() {}

    static Properties of(KafkaOptions options) {
        Properties settings = new Properties();
        identity(settings, options);
        alone(settings);
        small(settings);
        durability(settings, options.durable());
        return settings;
    }

    private static void identity(Properties settings, KafkaOptions options) {
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", Integer.toString(LogDirectory.NODE_ID));
        settings.setProperty(
                "controller.quorum.voters", LogDirectory.NODE_ID + "@127.0.0.1:" + options.controllerPort());
        settings.setProperty("controller.listener.names", LogDirectory.CONTROLLER_LISTENER);
        settings.setProperty(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + options.port() + ",CONTROLLER://127.0.0.1:" + options.controllerPort());
        settings.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + options.port());
        settings.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.setProperty("inter.broker.listener.name", "PLAINTEXT");
        settings.setProperty("log.dirs", options.directory().toString());
    }

    private static void alone(Properties settings) {
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("default.replication.factor", "1");
        settings.setProperty("min.insync.replicas", "1");
        for (String internal :
                new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.setProperty(internal + ".replication.factor", "1");
            settings.setProperty(internal + ".num.partitions", "1");
        }
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        // a restart waits until the controller has given the previous life of the broker up
        settings.setProperty("controlled.shutdown.enable", "true");
        settings.setProperty("broker.session.timeout.ms", "3000");
        settings.setProperty("broker.heartbeat.interval.ms", "500");
    }

    private static void small(Properties settings) {
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("num.io.threads", "4");
        settings.setProperty("background.threads", "2");
        settings.setProperty("num.recovery.threads.per.data.dir", "2");
        settings.setProperty("log.cleaner.threads", "1");
        settings.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        settings.setProperty("log.segment.bytes", Integer.toString(64 << 20));
        settings.setProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
        settings.setProperty("socket.request.max.bytes", Integer.toString(2 * LARGEST_BATCH));
        settings.setProperty("message.max.bytes", Integer.toString(LARGEST_BATCH));
        // an idle broker is idle
        settings.setProperty("metadata.max.idle.interval.ms", "5000");
    }

    private static void durability(Properties settings, boolean durable) {
        if (durable) {
            settings.setProperty("log.flush.interval.ms", "1000");
            settings.setProperty("log.flush.scheduler.interval.ms", "1000");
        }
    }
}
