package io.burnish.simulator.server;

import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.OutcomeUnknownException;
import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Machine;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** Commands of a virtual server that must not happen twice: who asks again under the same key gets the first result. */
final class OnceCommands {

    private final Lab lab;
    private final Machine machine;
    private final Map<String, CompletableFuture<CommandResult>> running = new ConcurrentHashMap<>();

    OnceCommands(Lab lab, Machine machine) {
        this.lab = lab;
        this.machine = machine;
    }

    /** Runs the command; its result is stored under the command's key by whoever executes it. */
    @FunctionalInterface
    interface Execution {
        CommandResult run() throws InterruptedException;
    }

    /** The command goes on when the one who waits for it dies; its effect and its result are one change. */
    CommandResult run(CommandLine command, Execution execution) throws InterruptedException {
        String key = command.onceKey();
        CompletableFuture<CommandResult> mine = new CompletableFuture<>();
        CompletableFuture<CommandResult> present = running.putIfAbsent(key, mine);
        if (present == null) {
            Optional<CommandResult> earlier;
            try {
                earlier = begin(command, key);
            } catch (OutcomeUnknownException e) {
                running.remove(key);
                throw e;
            }
            if (earlier.isPresent()) {
                running.remove(key);
                return earlier.get();
            }
            Thread.ofVirtual().start(() -> finish(execution, key, mine));
            present = mine;
        }
        try {
            return present.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServerDownException) {
                throw new OutcomeUnknownException(command);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Optional<CommandResult> begin(CommandLine command, String key) {
        return lab.change(() -> {
            Machine.OnceResult known = machine.once.get(key);
            if (known == null) {
                machine.once.put(key, new Machine.OnceResult(false, 0, "", ""));
                return Optional.<CommandResult>empty();
            }
            if (!known.finished()) {
                throw new OutcomeUnknownException(command);
            }
            return Optional.of(new CommandResult(known.rc(), known.stdout(), known.stderr()));
        });
    }

    private void finish(Execution execution, String key, CompletableFuture<CommandResult> result) {
        try {
            result.complete(execution.run());
        } catch (InterruptedException | RuntimeException e) {
            result.completeExceptionally(e);
        } finally {
            running.remove(key);
        }
    }

    /** Notes a result that is no change of anything else. */
    CommandResult stored(String key, CommandResult result) {
        return key == null ? result : lab.change(() -> remember(key, result));
    }

    /** Notes a result, in the change that it is about. */
    CommandResult remember(String key, CommandResult result) {
        if (key != null) {
            machine.once.put(key, new Machine.OnceResult(true, result.rc(), result.stdout(), result.stderr()));
        }
        return result;
    }
}
