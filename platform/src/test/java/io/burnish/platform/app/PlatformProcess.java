package io.burnish.platform.app;

import io.burnish.platform.process.BoundProcess;
import io.burnish.platform.process.DeathSignal;
import io.burnish.platform.process.Executables;
import io.burnish.platform.process.OutputPump;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@link PlatformMain} as a real process, ready for clients. */
public final class PlatformProcess implements AutoCloseable {

    private final Process process;

    private PlatformProcess(Process process) {
        this.process = process;
    }

    public static PlatformProcess start(String... arguments) throws Exception {
        return start(List.of(), System.getProperty("java.class.path"), Map.of(), arguments);
    }

    public static PlatformProcess start(
            List<String> identity, String classPath, Map<String, String> environment, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Executables.java().toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath));
        command.add(PlatformMain.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new PlatformProcess(awaitReady(BoundProcess.start(builder, identity, DeathSignal.KILL)));
    }

    private static Process awaitReady(Process process) throws Exception {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        OutputPump output = OutputPump.of(process, line -> {
            if (line.startsWith("READY ")) {
                ready.complete(null);
            }
        });
        process.onExit().thenAccept(ended -> ready.completeExceptionally(new IOException("it ended")));
        try {
            ready.get(90, TimeUnit.SECONDS);
            return process;
        } catch (Exception e) {
            process.destroyForcibly();
            output.finish();
            throw new IOException("the platform printed:\n" + output.tail(), e);
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public void kill9() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGTERM; returns the exit code. */
    public int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() {
        kill9();
    }
}
