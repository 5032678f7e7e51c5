package io.burnish.agent.system;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A command to run, never through a shell.
 *
 * @param args executable and arguments
 * @param stdin text for standard input; empty for none
 * @param timeout after which the process group is killed and the result is {@link CommandResult#TIMED_OUT}
 * @param secrets values that must not appear in logs, consoles or records: each occurrence is replaced by asterisks
 * @param onceKey identity of an effect that must not happen twice (see {@link HostSystem#run}); {@code null} for commands that may
 *     simply be repeated
 */
public record CommandLine(List<String> args, String stdin, Duration timeout, Set<String> secrets, String onceKey) {

    /** Long enough for a mount that waits for a dead MGS and for a slow mkfs; short enough to end some day. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(20);

    public CommandLine {
        args = List.copyOf(args);
        secrets = Set.copyOf(secrets);
    }

    /** A repeatable command without input, with the default timeout. */
    public static CommandLine of(String... args) {
        return of(List.of(args));
    }

    /** A repeatable command without input, with the default timeout. */
    public static CommandLine of(List<String> args) {
        return new CommandLine(args, "", DEFAULT_TIMEOUT, Set.of(), null);
    }

    /** The same with another timeout. */
    public CommandLine within(Duration limit) {
        return new CommandLine(args, stdin, limit, secrets, onceKey);
    }

    /** The same with input. */
    public CommandLine withInput(String text) {
        return new CommandLine(args, text, timeout, secrets, onceKey);
    }

    /** The same with values to mask. */
    public CommandLine hiding(Set<String> values) {
        return new CommandLine(args, stdin, timeout, values, onceKey);
    }

    /** The same as an effect that must not happen twice. */
    public CommandLine once(String key) {
        return new CommandLine(args, stdin, timeout, secrets, key);
    }

    /** The executable. */
    public String program() {
        return args.getFirst();
    }

    /** Arguments joined by blanks, secrets masked. */
    @Override
    public String toString() {
        return masked(String.join(" ", args));
    }

    /** The text with every secret replaced by as many asterisks as it has characters. */
    public String masked(String text) {
        String result = text;
        for (String secret : secrets) {
            if (!secret.isEmpty()) {
                result = result.replace(secret, "*".repeat(secret.length()));
            }
        }
        return result;
    }
}
