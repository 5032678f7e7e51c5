package io.burnish.benchmarks;

import io.burnish.benchmarks.lists.ListsBenchmark;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code burnish bench lists}. */
@Command(
        name = "lists",
        description =
                "Requests per second of lists and a detail of servers: written by hand, at their owner, through the gateway.",
        mixinStandardHelpOptions = true)
final class ListsCommand implements Callable<Integer> {

    @Mixin
    private RunOptions options;

    @Option(
            names = "--servers",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Servers in the database (default: ${DEFAULT-VALUE}).")
    private int servers;

    @Option(
            names = "--all",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Servers when all are listed (default: ${DEFAULT-VALUE}).")
    private int all;

    @Option(
            names = "--callers",
            paramLabel = "N",
            defaultValue = "16",
            description = "Requests at the same time (default: ${DEFAULT-VALUE}).")
    private int callers;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "12",
            description = "Seconds of warm-up of each leg (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Seconds measured of each leg (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Override
    public Integer call() {
        ListsBenchmark.Settings settings = new ListsBenchmark.Settings(
                servers, all, callers, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
        return options.run("lists", data -> new ListsBenchmark(settings).run(data));
    }
}
