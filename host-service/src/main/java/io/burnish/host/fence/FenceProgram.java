package io.burnish.host.fence;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Runs fence agents, the programs of the package {@code fence-agents}: without arguments, with a bare environment, and not longer than
 * they may take. An interrupted caller takes its agent with it.
 */
@ApplicationScoped
public class FenceProgram {

    private static final int OUTPUT_LIMIT = 64 * 1024;
    private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "LC_ALL");

    private final List<Path> directories;
    private final Duration limit;
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();

    FenceProgram(
            @ConfigProperty(name = "burnish.power.agents") String directories,
            @ConfigProperty(name = "burnish.power.timeout") Duration limit) {
        this.directories = Arrays.stream(directories.split(":"))
                .filter(directory -> !directory.isBlank())
                .map(Path::of)
                .toList();
        this.limit = limit;
    }

    /** Runs an agent to its end. Blocks. */
    public FenceResult run(FenceCall call) throws InterruptedException {
        Optional<Path> program = find(call.agent());
        if (program.isEmpty()) {
            return new FenceResult.NotRun(
                    "%s is not installed on the manager (looked in %s)".formatted(call.agent(), directories));
        }
        ProcessBuilder builder = new ProcessBuilder(program.get().toString());
        builder.environment().keySet().retainAll(INHERITED);
        try {
            Process process = builder.start();
            try {
                return finish(call, process);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return new FenceResult.NotRun("%s cannot be started: %s".formatted(call.agent(), e.getMessage()));
        }
    }

    private Optional<Path> find(String agent) {
        return directories.stream()
                .map(directory -> directory.resolve(agent))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private FenceResult finish(FenceCall call, Process process) throws InterruptedException {
        CompletableFuture<String> stdout = CompletableFuture.supplyAsync(() -> read(process.getInputStream()), readers);
        CompletableFuture<String> stderr = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()), readers);
        try (OutputStream input = process.getOutputStream()) {
            input.write(call.input().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // an agent that ends without reading has said why
        }
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return new FenceResult.NotRun(
                    "%s did not end within %d seconds".formatted(call.agent(), limit.toSeconds()));
        }
        return new FenceResult.Ended(process.exitValue(), call.masked(rest(stdout)), call.masked(rest(stderr)));
    }

    /** A child that the agent has left behind may hold the pipe open: what it says is of no interest. */
    private static String rest(CompletableFuture<String> output) {
        return output.completeOnTimeout("", 5, TimeUnit.SECONDS).join();
    }

    private static String read(InputStream stream) {
        try {
            String text = new String(stream.readNBytes(OUTPUT_LIMIT), StandardCharsets.UTF_8);
            stream.transferTo(OutputStream.nullOutputStream());
            return text;
        } catch (IOException e) {
            return "";
        }
    }
}
