package io.burnish.benchmarks;

import io.burnish.benchmarks.put.PutBenchmark;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code burnish bench put}. */
@Command(
        name = "put",
        description = "From the PUT of a state to the 202, to the first command on the server, to the end.",
        mixinStandardHelpOptions = true)
final class PutCommand implements Callable<Integer> {

    @Mixin
    private RunOptions options;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "20",
            description = "Transitions of warm-up (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--transitions",
            paramLabel = "N",
            defaultValue = "80",
            description = "Transitions measured (default: ${DEFAULT-VALUE}).")
    private int transitions;

    @Override
    public Integer call() {
        PutBenchmark.Settings settings = new PutBenchmark.Settings(warmUp, transitions);
        return options.run("put", data -> new PutBenchmark(settings).run(data));
    }
}
