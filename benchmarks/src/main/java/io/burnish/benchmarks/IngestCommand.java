package io.burnish.benchmarks;

import io.burnish.benchmarks.ingest.IngestBenchmark;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code burnish bench ingest}. */
@Command(
        name = "ingest",
        description = "Readings of many servers through Kafka into the database, and queries of a day meanwhile.",
        mixinStandardHelpOptions = true)
final class IngestCommand implements Callable<Integer> {

    @Mixin
    private RunOptions options;

    @Option(
            names = "--servers",
            paramLabel = "N",
            defaultValue = "300",
            description = "Servers, of 192 series each (default: ${DEFAULT-VALUE}).")
    private int servers;

    @Option(
            names = "--points",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Readings sent a second (default: ${DEFAULT-VALUE}).")
    private int points;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "120",
            description = "Seconds of sending (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Override
    public Integer call() {
        IngestBenchmark.Settings settings = new IngestBenchmark.Settings(servers, points, Duration.ofSeconds(seconds));
        return options.run("ingest", data -> new IngestBenchmark(settings).run(data));
    }
}
