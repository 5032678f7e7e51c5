package io.burnish.testsupport;

import io.burnish.platform.app.PlatformMain;
import io.burnish.platform.process.BoundProcess;
import io.burnish.platform.process.DeathSignal;
import io.burnish.platform.process.Executables;
import io.burnish.platform.process.OutputPump;
import io.burnish.platform.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Kafka for tests, in a JVM of its own: Quarkus closes the class loader of an application that it restarts for another test profile,
 * and a broker loaded by it would die in the middle.
 */
final class KafkaChild {

    private static final String JBOSS_LOG_MANAGER = "org.jboss.logmanager.LogManager";

    private KafkaChild() {}

    /** Starts it and returns its bootstrap servers. */
    static String start(Path directory) throws IOException {
        List<Integer> ports = Ports.free(2);
        Process process = BoundProcess.start(
                new ProcessBuilder(command(directory, ports)).redirectErrorStream(true), DeathSignal.KILL);
        CompletableFuture<String> ready = new CompletableFuture<>();
        OutputPump output = OutputPump.of(process, line -> {
            if (line.startsWith("READY kafka ")) {
                ready.complete(line.substring("READY kafka ".length()));
            }
        });
        process.onExit().thenAccept(ended -> ready.completeExceptionally(new IOException("it ended")));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, directory), "stop-test-kafka"));
        try {
            return ready.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            output.finish();
            throw new IOException("Kafka printed:\n" + output.tail(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Kafka was starting", e);
        }
    }

    private static void stop(Process process, Path directory) {
        process.destroyForcibly();
        process.onExit().join();
        TestFolder.delete(directory);
    }

    private static List<String> command(Path directory, List<Integer> ports) {
        List<String> command = new ArrayList<>(List.of(
                Executables.java().toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path")));
        if (isOnClassPath(JBOSS_LOG_MANAGER)) {
            command.add("-Djava.util.logging.manager=" + JBOSS_LOG_MANAGER);
        }
        command.addAll(List.of(PlatformMain.class.getName(), "kafka", "--throw-away", "--data", directory.toString()));
        command.addAll(List.of(
                "--port",
                ports.get(0).toString(),
                "--controller-port",
                ports.get(1).toString()));
        return command;
    }

    private static boolean isOnClassPath(String className) {
        return ClassLoader.getSystemResource(className.replace('.', '/') + ".class") != null;
    }
}
