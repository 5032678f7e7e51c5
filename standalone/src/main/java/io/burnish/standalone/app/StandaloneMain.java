package io.burnish.standalone.app;

import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code burnish demo}. */
@Command(
        name = "burnish",
        description = "Burnish, a management plane for Lustre, on one machine.",
        mixinStandardHelpOptions = true,
        subcommands = DemoCommand.class)
public final class StandaloneMain {

    private StandaloneMain() {}

    /** Exit code 0 after an orderly end, 1 if something failed, 2 for wrong arguments. */
    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING);
        int code = new CommandLine(new StandaloneMain())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    System.err.println("burnish " + command.getCommandName() + ": " + failure.getMessage());
                    return 1;
                })
                .execute(arguments);
        System.exit(code);
    }
}
