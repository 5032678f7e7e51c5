package io.burnish.platform.postgres;

import io.burnish.platform.process.BoundProcess;
import io.burnish.platform.process.DeathSignal;
import io.burnish.platform.process.OutputPump;
import io.burnish.platform.process.Ports;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server as a child process of this JVM, on 127.0.0.1 only, with a password.
 *
 * <p>Guarantees:
 *
 * <ul>
 *   <li>It ends with this JVM, by a fast shutdown, also when the JVM is killed.
 *   <li>{@link #start} returns only for a server of its own: one that answers on the port but is somebody else's, or that still
 *       runs on the data directory, is an error which names it.
 *   <li>A start after a kill of the server, of the JVM or of the machine recovers what was committed.
 * </ul>
 */
public final class PostgresServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration PREDECESSOR_LIMIT = Duration.ofSeconds(20);
    private static final Duration PORT_LIMIT = Duration.ofSeconds(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    /** Children of a killed server hold its memory until they notice; the server says so and another attempt succeeds. */
    private static final String CHILDREN_OF_PREDECESSOR = "pre-existing shared memory block";

    private final PostgresAddress address;
    private final Process process;

    private PostgresServer(PostgresAddress address, Process process) {
        this.address = address;
        this.process = process;
    }

    /**
     * Starts a server and waits until it accepts connections.
     *
     * @throws IOException if it does not start; the message has its last lines
     */
    public static PostgresServer start(PostgresOptions options) throws IOException {
        return start(options, PostgresIdentity.choose(), PREDECESSOR_LIMIT);
    }

    static PostgresServer start(PostgresOptions options, PostgresIdentity identity, Duration predecessorLimit)
            throws IOException {
        PostgresPrograms programs = PostgresPrograms.in(identity.cache());
        ServerDirectory directory = new ServerDirectory(options.directory());
        directory.prepare(programs, identity, options.durable());
        PidFile pidFile = new PidFile(directory.data());
        awaitEndOfPredecessor(pidFile, predecessorLimit);
        pidFile.removeIfStale();
        requireFree(options.port());
        Process process = launchUntilReady(options, identity, programs, directory);
        return new PostgresServer(
                new PostgresAddress(HOST, options.port(), ServerDirectory.SUPERUSER, directory.password()), process);
    }

    private static Process launchUntilReady(
            PostgresOptions options, PostgresIdentity identity, PostgresPrograms programs, ServerDirectory directory)
            throws IOException {
        Instant deadline = Instant.now().plus(START_LIMIT);
        while (true) {
            Process process = launch(options, identity, programs, directory);
            OutputPump output = OutputPump.of(process, options.log());
            if (becomesReady(process, new PidFile(directory.data()), deadline)) {
                return process;
            }
            process.destroyForcibly();
            output.finish();
            if (!output.tail().contains(CHILDREN_OF_PREDECESSOR)
                    || Instant.now().isAfter(deadline)) {
                throw new IOException("PostgreSQL in " + options.directory() + " did not start:\n" + output.tail());
            }
            pause();
        }
    }

    private static Process launch(
            PostgresOptions options, PostgresIdentity identity, PostgresPrograms programs, ServerDirectory directory)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(programs.postgres().toString());
        command.add("-D");
        command.add(directory.data().toString());
        command.addAll(PostgresSettings.arguments(options.port(), options.durable()));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.root().toFile()).redirectErrorStream(true);
        return BoundProcess.start(builder, identity.wrapper(), DeathSignal.INT);
    }

    private static boolean becomesReady(Process process, PidFile pidFile, Instant deadline) throws IOException {
        while (process.isAlive() && Instant.now().isBefore(deadline)) {
            if (pidFile.isReady(process.pid())) {
                return true;
            }
            pause();
        }
        return false;
    }

    /** The server of a JVM that was killed a moment ago may still be writing its last checkpoint. */
    private static void awaitEndOfPredecessor(PidFile pidFile, Duration limit) throws IOException {
        Instant deadline = Instant.now().plus(limit);
        while (pidFile.runningServer().isPresent()) {
            if (Instant.now().isAfter(deadline)) {
                long pid = pidFile.runningServer().map(ProcessHandle::pid).orElse(-1L);
                throw new IOException("PostgreSQL with process id " + pid + " runs on " + pidFile.dataDirectory()
                        + " already. Is Burnish running on this data directory? If not, end it: kill -INT " + pid);
            }
            pause();
        }
    }

    /** A server that has just ended removes its pid file before it gives its port back. */
    private static void requireFree(int port) throws IOException {
        Instant deadline = Instant.now().plus(PORT_LIMIT);
        while (!Ports.isFree(port)) {
            if (Instant.now().isAfter(deadline)) {
                throw new IOException(
                        "port " + port + " on 127.0.0.1, which PostgreSQL should use, is taken by another program");
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL was starting", e);
        }
    }

    /** Where clients find it, with the superuser, who owns all databases. */
    public PostgresAddress address() {
        return address;
    }

    /** See {@link PostgresAddress#createDatabase}. */
    public void createDatabase(String name) throws SQLException {
        address.createDatabase(name);
    }

    /** The server's own process. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Completed with the exit code when the server has ended, whoever ended it. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Ends the server: fast shutdown; if that takes longer than 8 s, immediate; if that does too, a kill. */
    @Override
    public void close() {
        for (DeathSignal signal : List.of(DeathSignal.INT, DeathSignal.QUIT, DeathSignal.KILL)) {
            if (!process.isAlive()) {
                return;
            }
            BoundProcess.signal(process.toHandle(), signal);
            try {
                if (process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
                return;
            }
        }
    }
}
