package io.burnish.agent.packages;

import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.OutcomeUnknownException;
import java.util.ArrayList;
import java.util.List;

/**
 * The package tool (agent contract, 8.2). Mirrors fail now and then: everything is tried three times. What changes packages goes on when
 * the agent dies meanwhile, which it does when it is itself among the packages.
 */
record Dnf(ActionContext context) {

    private static final int TRIES = 3;

    /** Runs a command that only reads; lines of its output. */
    List<String> read(String... args) throws InterruptedException {
        return read(List.of(args));
    }

    /** Runs a command that only reads; lines of its output. */
    List<String> read(List<String> args) throws InterruptedException {
        CommandLine line = CommandLine.of(dnf(args));
        CommandResult result = context.commands().run(line);
        for (int attempt = 1; !result.ok() && attempt < TRIES; attempt++) {
            result = context.commands().run(line);
        }
        if (!result.ok()) {
            throw context.commands().failure(line, result);
        }
        return result.stdout()
                .lines()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Runs a command that changes packages. */
    void change(String effect, List<String> args) throws InterruptedException {
        CommandLine line = CommandLine.of(dnf(args));
        ActionFailedException failure = null;
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            if (failure != null) {
                context.commands().run("dnf", "clean", "metadata");
            }
            // another boot is another key: what the server's crash has torn is done again
            String key = effect + "-" + attempt + "-" + context.host().bootId();
            try {
                CommandResult result = context.commands().run(line.once(context.onceKey(key)));
                if (result.ok()) {
                    return;
                }
                failure = context.commands().failure(line, result);
            } catch (OutcomeUnknownException e) {
                failure = new ActionFailedException("somebody killed '" + line + "'", e);
            }
        }
        throw failure;
    }

    private static List<String> dnf(List<String> args) {
        List<String> words = new ArrayList<>(List.of("dnf"));
        words.addAll(args);
        return words;
    }
}
