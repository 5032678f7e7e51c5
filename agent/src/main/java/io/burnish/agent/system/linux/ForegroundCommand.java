package io.burnish.agent.system.linux;

import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem.OutputListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command that ends with the agent's interest in it: in its own session, output through pipes. */
final class ForegroundCommand {

    /** Characters kept per stream: the largest device database of a real server is far below. */
    static final int OUTPUT_LIMIT = 8 << 20;

    // a background child may hold the pipe open for ever after the command itself has ended
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final Programs programs;

    ForegroundCommand(Programs programs) {
        this.programs = programs;
    }

    CommandResult run(CommandLine command, OutputListener output) throws InterruptedException {
        Process process = start(command);
        OutputBuffer stdout = new OutputBuffer(OUTPUT_LIMIT);
        OutputBuffer stderr = new OutputBuffer(OUTPUT_LIMIT);
        Thread out = pump(process.getInputStream(), stdout, output);
        Thread err = pump(process.getErrorStream(), stderr, output);
        feed(process, command.stdin());
        ProcessGroup group = new ProcessGroup(process.pid());
        try {
            boolean ended = process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                group.kill();
            }
            drain(out, err);
            int rc = ended ? process.exitValue() : CommandResult.TIMED_OUT;
            return new CommandResult(rc, stdout.toString(), stderr.toString());
        } catch (InterruptedException e) {
            group.kill();
            throw e;
        }
    }

    private static void drain(Thread... pumps) throws InterruptedException {
        long end = System.nanoTime() + DRAIN.toNanos();
        for (Thread pump : pumps) {
            pump.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
    }

    private Process start(CommandLine command) {
        List<String> args = new ArrayList<>();
        programs.find("setsid").ifPresent(setsid -> args.add(setsid.toString()));
        args.add(programs.locate(command.program()).toString());
        args.addAll(command.args().subList(1, command.args().size()));
        ProcessBuilder builder = new ProcessBuilder(args);
        builder.environment().putAll(environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /** {@code TERM} is empty so that readline-based tools print no escape codes (agent contract, 4.4). */
    private java.util.Map<String, String> environment() {
        return java.util.Map.of("TERM", "", "PATH", programs.searchPath());
    }

    private static Thread pump(InputStream in, OutputBuffer buffer, OutputListener listener) {
        return Thread.ofVirtual().start(() -> {
            char[] piece = new char[4096];
            try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                for (int n = reader.read(piece); n >= 0; n = reader.read(piece)) {
                    String text = new String(piece, 0, n);
                    buffer.append(text);
                    listener.accept(text);
                }
            } catch (IOException e) {
                // the process was killed: what came so far is all there is
                buffer.append("");
            }
        });
    }

    private static void feed(Process process, String stdin) {
        Thread.ofVirtual().start(() -> {
            try (OutputStream in = process.getOutputStream()) {
                in.write(stdin.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // the command does not read its input: its exit status tells whether it minds
                Thread.yield();
            }
        });
    }
}
