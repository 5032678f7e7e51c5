package io.burnish.benchmarks;

import io.burnish.benchmarks.start.StartBenchmark;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code burnish bench start}. */
@Command(
        name = "start",
        description = "Time until everything is ready, on no data and again; memory and CPU at rest.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {

    @Mixin
    private RunOptions options;

    @Option(
            names = "--rest",
            paramLabel = "N",
            defaultValue = "20",
            description = "Seconds at rest before memory is read (default: ${DEFAULT-VALUE}).")
    private int rest;

    @Override
    public Integer call() {
        return options.run("start", data -> new StartBenchmark(Duration.ofSeconds(rest)).run(data));
    }
}
