package io.burnish.platform.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Runs one part of the platform in the foreground: {@code platform kafka|postgres|topics}.
 *
 * <p>Prints one line {@code READY <what> <address>} when clients may come; SIGTERM ends it in order. Heap: 192 MB are enough for Kafka
 * ({@code -Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1}), 32 MB for PostgreSQL, whose memory is its own.
 */
@Command(
        name = "platform",
        description = "Runs Burnish's PostgreSQL or Kafka in the foreground.",
        mixinStandardHelpOptions = true,
        subcommands = {KafkaCommand.class, PostgresCommand.class, TopicsCommand.class})
public final class PlatformMain {

    private PlatformMain() {}

    /** Exit code 0 after an orderly end, 1 if something failed, 2 for wrong arguments. */
    public static void main(String[] arguments) {
        ConsoleLog.configure();
        int code = new CommandLine(new PlatformMain())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    System.err.println("platform " + command.getCommandName() + ": " + failure.getMessage());
                    return 1;
                })
                .execute(arguments);
        System.exit(code);
    }
}
