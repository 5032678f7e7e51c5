package io.burnish.agent.system.linux;

import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem.OutputListener;
import io.burnish.agent.system.OutcomeUnknownException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A command that takes effect once, whatever happens to the agent. It runs below a small wrapper in a session of its own; the wrapper
 * claims a directory of the command ({@link OnceDirectory}), notes its process id and start time there, runs the command with
 * output to files, and notes the exit status. The claim is atomic: when two lives of the agent start wrappers for one key, one of the
 * wrappers runs the command and the other ends at once.
 */
final class OnceCommand {

    private static final String WRAPPER = """
            d=$1; shift
            mkdir "$d/started" 2>/dev/null || exit 0
            start=$(set -- $(cat /proc/$$/stat); echo "${22}")
            echo "$$ $start" > "$d/pid.new" && mv "$d/pid.new" "$d/pid" || exit 125
            "$@" < "$d/stdin" > "$d/stdout" 2> "$d/stderr"
            echo $? > "$d/rc.new"
            rm -f "$d/stdin"
            mv "$d/rc.new" "$d/rc"
            """;

    private static final long LOOK_MILLIS = 50;
    private static final long CLAIM_NANOS = 10_000_000_000L;

    private final Programs programs;
    private final Path root;
    private final String bootId;

    OnceCommand(Programs programs, Path root, String bootId) {
        this.programs = programs;
        this.root = root;
        this.bootId = bootId;
    }

    CommandResult run(CommandLine command, OutputListener output) throws InterruptedException {
        try {
            OnceDirectory directory = OnceDirectory.of(root, command.onceKey());
            prepare(directory, command);
            if (directory.exitStatus().isEmpty() && !directory.started()) {
                startWrapper(directory, command);
            }
            return await(directory, command, output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the record of " + command, e);
        }
    }

    private void prepare(OnceDirectory directory, CommandLine command) throws IOException {
        Optional<String> boot = directory.boot();
        if (boot.isEmpty()) {
            directory.create(bootId, command.stdin());
        } else if (!boot.get().equals(bootId) && directory.exitStatus().isEmpty()) {
            if (directory.started()) {
                throw new OutcomeUnknownException(command);
            }
            // the server went down before the wrapper had begun: nothing has happened yet
            directory.create(bootId, command.stdin());
        }
    }

    private void startWrapper(OnceDirectory directory, CommandLine command) throws IOException {
        List<String> args = new ArrayList<>();
        programs.find("setsid").ifPresent(setsid -> args.add(setsid.toString()));
        args.addAll(List.of(
                programs.locate("sh").toString(),
                "-c",
                WRAPPER,
                "once",
                directory.path().toString()));
        args.add(programs.locate(command.program()).toString());
        args.addAll(command.args().subList(1, command.args().size()));
        ProcessBuilder builder = new ProcessBuilder(args)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(Map.of("TERM", "", "PATH", programs.searchPath()));
        builder.start();
    }

    private CommandResult await(OnceDirectory directory, CommandLine command, OutputListener output)
            throws InterruptedException, IOException {
        FileTail stdout = new FileTail(directory.stdout());
        FileTail stderr = new FileTail(directory.stderr());
        long begin = System.nanoTime();
        try {
            while (true) {
                OptionalInt status = directory.exitStatus();
                stdout.next().ifPresent(output::accept);
                stderr.next().ifPresent(output::accept);
                if (status.isPresent()) {
                    return result(status.getAsInt(), directory);
                }
                long waited = System.nanoTime() - begin;
                if (waited > command.timeout().toNanos()) {
                    directory.group().ifPresent(ProcessGroup::kill);
                    directory.recordExitStatus(CommandResult.TIMED_OUT);
                } else if (lost(directory, waited)) {
                    throw new OutcomeUnknownException(command);
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            directory.group().ifPresent(ProcessGroup::kill);
            throw e;
        }
    }

    /** Nothing runs any more, and there is no exit status: somebody killed the wrapper. */
    private static boolean lost(OnceDirectory directory, long waited) throws IOException {
        Optional<ProcessGroup> group = directory.group();
        boolean silent = group.isPresent() ? !group.get().alive() : waited > CLAIM_NANOS;
        return silent && directory.exitStatus().isEmpty();
    }

    private static CommandResult result(int status, OnceDirectory directory) throws IOException {
        return new CommandResult(
                status,
                FileTail.whole(directory.stdout(), ForegroundCommand.OUTPUT_LIMIT),
                FileTail.whole(directory.stderr(), ForegroundCommand.OUTPUT_LIMIT));
    }
}
