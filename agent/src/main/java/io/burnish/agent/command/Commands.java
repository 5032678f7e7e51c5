package io.burnish.agent.command;

import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandNotFoundException;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs command lines on behalf of one caller, with its secrets and its record. */
public final class Commands {

    private static final String NOT_SHOWN = "[not shown: may contain credentials]";

    private final HostSystem host;
    private final CommandRecorder recorder;
    private final Set<String> secrets;
    private final Mode mode;
    private final Duration usualLimit;

    private Commands(HostSystem host, CommandRecorder recorder, Set<String> secrets, Mode mode, Duration usualLimit) {
        this.host = host;
        this.recorder = recorder;
        this.secrets = secrets;
        this.mode = mode;
        this.usualLimit = usualLimit;
    }

    private enum Mode {
        NORMAL,
        POLLING,
        DISCREET
    }

    /** Commands whose records go to a recorder, and in which the given values never show. */
    public static Commands recorded(HostSystem host, CommandRecorder recorder, Set<String> secrets) {
        return new Commands(host, recorder, Set.copyOf(secrets), Mode.NORMAL, CommandLine.DEFAULT_TIMEOUT);
    }

    /** Commands without a record, killed after the limit unless they say otherwise themselves. */
    public static Commands unrecorded(HostSystem host, Duration limit) {
        return new Commands(host, CommandRecorder.NONE, Set.of(), Mode.NORMAL, limit);
    }

    /** The same, for commands that are repeated until something has happened. */
    public Commands polling() {
        return new Commands(host, recorder, secrets, Mode.POLLING, usualLimit);
    }

    /** The same, for commands that print credentials of others: their output is not recorded. */
    public Commands discreet() {
        return new Commands(host, recorder, secrets, Mode.DISCREET, usualLimit);
    }

    /** Runs to the end; failing is a result. */
    public CommandResult run(String... args) throws InterruptedException {
        return run(CommandLine.of(args));
    }

    /** Runs to the end; failing is a result. */
    public CommandResult run(List<String> args) throws InterruptedException {
        return run(CommandLine.of(args));
    }

    /** Runs to the end; failing is a result. */
    public CommandResult run(CommandLine line) throws InterruptedException {
        CommandLine hiding = line.hiding(secrets);
        CommandLine command = line.timeout().equals(CommandLine.DEFAULT_TIMEOUT) ? hiding.within(usualLimit) : hiding;
        if (mode == Mode.POLLING) {
            CommandResult result = host.run(command);
            recorder.finished(command, result, true);
            return result;
        }
        recorder.started(command);
        if (mode == Mode.DISCREET) {
            CommandResult result = host.run(command);
            recorder.finished(command, new CommandResult(result.rc(), NOT_SHOWN, result.stderr()), false);
            return result;
        }
        CommandResult result = host.run(command, text -> recorder.output(command, text));
        recorder.finished(command, result, false);
        return result;
    }

    /**
     * Runs and returns standard output.
     *
     * @throws ActionFailedException with the standard text unless the exit status is 0
     */
    public String tryRun(String... args) throws InterruptedException {
        return tryRun(CommandLine.of(args));
    }

    /** As {@link #tryRun(String...)}. */
    public String tryRun(List<String> args) throws InterruptedException {
        return tryRun(CommandLine.of(args));
    }

    /** As {@link #tryRun(String...)}. */
    public String tryRun(CommandLine line) throws InterruptedException {
        CommandResult result = run(line);
        if (!result.ok()) {
            throw failure(line, result);
        }
        return result.stdout();
    }

    /** The failure of a command, in the standard text. */
    public ActionFailedException failure(CommandLine line, CommandResult result) {
        return ActionFailedException.of(line.hiding(secrets), result);
    }

    /** Runs; empty if the executable is not installed. */
    public Optional<CommandResult> runIfInstalled(String... args) throws InterruptedException {
        try {
            return Optional.of(run(args));
        } catch (CommandNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Whether the command exits with 0; a missing executable counts as no. */
    public boolean succeeds(String... args) throws InterruptedException {
        return runIfInstalled(args).filter(CommandResult::ok).isPresent();
    }

    /** Writes a line to the record that is not from a command. */
    public void remark(String text) {
        recorder.remark(text);
    }
}
