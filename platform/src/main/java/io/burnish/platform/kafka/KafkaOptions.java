package io.burnish.platform.kafka;

import java.nio.file.Path;

/**
 * How to run a broker.
 *
 * @param directory belongs to the broker alone; created if missing
 * @param port of clients, on 127.0.0.1
 * @param controllerPort of the broker's own controller, on 127.0.0.1
 * @param durable false only for data that is thrown away: nothing is then written to the disk in time for a loss of power
 */
public record KafkaOptions(Path directory, int port, int controllerPort, boolean durable) {

    public KafkaOptions {
        directory = directory.toAbsolutePath().normalize();
    }

    /** Data that is kept. */
    public static KafkaOptions durable(Path directory, int port, int controllerPort) {
        return new KafkaOptions(directory, port, controllerPort, true);
    }

    /** Data for a test. */
    public static KafkaOptions throwAway(Path directory, int port, int controllerPort) {
        return new KafkaOptions(directory, port, controllerPort, false);
    }
}
