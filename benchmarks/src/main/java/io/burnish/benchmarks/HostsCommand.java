package io.burnish.benchmarks;

import io.burnish.benchmarks.hosts.HostsBenchmark;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code burnish bench hosts}. */
@Command(
        name = "hosts",
        description = "Requests per second of the list of servers: at its owner, through the gateway, written by hand.",
        mixinStandardHelpOptions = true)
final class HostsCommand implements Callable<Integer> {

    @Mixin
    private RunOptions options;

    @Option(
            names = "--servers",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Servers in the database (default: ${DEFAULT-VALUE}).")
    private int servers;

    @Option(
            names = "--callers",
            paramLabel = "N",
            defaultValue = "16",
            description = "Requests at the same time (default: ${DEFAULT-VALUE}).")
    private int callers;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "20",
            description = "Seconds of warm-up of each of the four (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "15",
            description = "Seconds measured of each of the four (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Override
    public Integer call() {
        HostsBenchmark.Settings settings =
                new HostsBenchmark.Settings(servers, callers, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
        return options.run("hosts", data -> new HostsBenchmark(settings).run(data));
    }
}
