package io.burnish.benchmarks;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;

/** {@code burnish bench}: all benchmarks, or the one that is named. */
@Command(
        name = "bench",
        description = {
            "Measures Burnish on this machine and prints each figure beside a baseline or a goal.",
            "Without a name all benchmarks run, one after the other."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            StartCommand.class,
            ListsCommand.class,
            PutCommand.class,
            JobsCommand.class,
            IngestCommand.class,
            HelpCommand.class
        })
public final class BenchmarkMain implements Callable<Integer> {

    @Mixin
    private RunOptions options;

    private BenchmarkMain() {}

    /** Exit code 0 if everything was measured, 1 if something could not be, 2 for wrong arguments. */
    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING);
        System.exit(new CommandLine(new BenchmarkMain()).execute(arguments));
    }

    @Override
    public Integer call() {
        int code = 0;
        for (Object command : List.of(
                new StartCommand(), new ListsCommand(), new PutCommand(), new JobsCommand(), new IngestCommand())) {
            code = Math.max(code, new CommandLine(command).execute(options.arguments()));
        }
        return code;
    }
}
