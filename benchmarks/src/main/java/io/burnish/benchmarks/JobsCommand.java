package io.burnish.benchmarks;

import io.burnish.benchmarks.jobs.JobsBenchmark;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code burnish bench jobs}. */
@Command(
        name = "jobs",
        description = "Jobs per second through the whole chain, with servers that answer at once.",
        mixinStandardHelpOptions = true)
final class JobsCommand implements Callable<Integer> {

    @Mixin
    private RunOptions options;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "16",
            description = "Pairs of simulated servers (default: ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(
            names = "--crew",
            paramLabel = "N",
            defaultValue = "8",
            description = "Servers in one command of twice as many jobs (default: ${DEFAULT-VALUE}).")
    private int crew;

    @Option(
            names = "--under-way",
            paramLabel = "N",
            defaultValue = "2",
            description = "Commands at a time for each crew (default: ${DEFAULT-VALUE}).")
    private int underWay;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "60",
            description = "Seconds of warm-up (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "Seconds measured (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Override
    public Integer call() {
        JobsBenchmark.Settings settings = new JobsBenchmark.Settings(
                pairs, crew, underWay, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
        return options.run("jobs", data -> new JobsBenchmark(settings).run(data));
    }
}
