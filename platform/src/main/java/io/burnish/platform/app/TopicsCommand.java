package io.burnish.platform.app;

import io.burnish.platform.kafka.BurnishTopics;
import io.burnish.platform.kafka.KafkaTopics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code platform topics}: makes Burnish's topics in a Kafka cluster of one's own. */
@Command(
        name = "topics",
        description = "Makes Burnish's topics in a Kafka cluster and ends.",
        mixinStandardHelpOptions = true)
final class TopicsCommand implements Callable<Integer> {

    @Option(
            names = "--bootstrap-servers",
            required = true,
            paramLabel = "HOST:PORT",
            description = "Address of the cluster.")
    private String bootstrapServers;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "" + BurnishTopics.BUSY_PARTITIONS,
            description = "Partitions of busy topics when they are created (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Override
    public Integer call() {
        KafkaTopics.ensure(bootstrapServers, BurnishTopics.all(partitions), false);
        System.out.println("READY topics " + bootstrapServers);
        return 0;
    }
}
