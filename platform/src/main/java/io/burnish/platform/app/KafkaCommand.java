package io.burnish.platform.app;

import io.burnish.platform.kafka.BurnishTopics;
import io.burnish.platform.kafka.KafkaBroker;
import io.burnish.platform.kafka.KafkaOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code platform kafka}: one broker with Burnish's topics. */
@Command(name = "kafka", description = "Runs one Kafka broker with Burnish's topics.", mixinStandardHelpOptions = true)
final class KafkaCommand implements Callable<Integer> {

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The broker's directory.")
    private Path data;

    @Option(names = "--port", required = true, paramLabel = "N", description = "Port of clients, on 127.0.0.1.")
    private int port;

    @Option(names = "--controller-port", required = true, paramLabel = "N", description = "Port of the controller.")
    private int controllerPort;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "" + BurnishTopics.BUSY_PARTITIONS,
            description = "Partitions of busy topics when they are created (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--throw-away", description = "The data need not survive a loss of power.")
    private boolean throwAway;

    @Override
    public Integer call() throws IOException {
        KafkaBroker broker = KafkaBroker.start(new KafkaOptions(data, port, controllerPort, !throwAway));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-kafka"));
        broker.ensureTopics(BurnishTopics.all(partitions));
        System.out.println("READY kafka " + broker.bootstrapServers());
        broker.awaitEnd();
        return 0;
    }
}
