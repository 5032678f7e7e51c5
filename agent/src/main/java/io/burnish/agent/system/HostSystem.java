package io.burnish.agent.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything the agent does to its machine goes through this port. The real implementation forks processes and touches files;
 * the simulator's is a virtual server that understands the same command lines and serves the same text.
 *
 * <p>All methods may block: call them on a virtual thread. Paths are absolute paths of the (real or virtual) server, except
 * {@link #stateDirectory()}.
 */
public interface HostSystem {

    /**
     * Runs a command line to its end and returns what it printed. A failing command is a result, not an exception.
     *
     * <p>A command with {@link CommandLine#onceKey()} outlives the agent: if the agent dies while it runs, the same call with the
     * same key in the agent's next life waits for the process that is still running, or returns its recorded result, and starts
     * nothing.
     *
     * @param output receives pieces of standard output and error as they come; may be called from another thread
     * @throws CommandNotFoundException if the executable does not exist
     * @throws OutcomeUnknownException if a command with a once-key was started before and its result is lost (the server has
     *     rebooted meanwhile): the caller must look at the system to learn what happened
     * @throws InterruptedException if the calling thread is interrupted; the command's process group is then killed first
     */
    CommandResult run(CommandLine command, OutputListener output) throws InterruptedException;

    /** As {@link #run(CommandLine, OutputListener)} without a listener. */
    default CommandResult run(CommandLine command) throws InterruptedException {
        return run(command, OutputListener.NONE);
    }

    /** Whole content of a text file (also below {@code /proc} and {@code /sys}); empty if it does not exist. */
    Optional<String> read(Path file) throws IOException;

    /** Writes a file atomically (temporary file, fsync, rename); creates parent directories. Octal mode, for example 0600. */
    void write(Path file, String content, int mode) throws IOException;

    /** Deletes a file or an empty directory; a missing one is fine. */
    void delete(Path file) throws IOException;

    /** Creates a directory with its parents; an existing one is fine. */
    void createDirectories(Path directory) throws IOException;

    /** Names in a directory, sorted; empty if it does not exist. */
    List<String> list(Path directory) throws IOException;

    /** Whether a file, directory or device exists. */
    boolean exists(Path file);

    /** The path with all symbolic links resolved; empty if it does not exist. */
    Optional<Path> realPath(Path file) throws IOException;

    /**
     * Journal entries that appeared since the last call, oldest first, at most {@code limit}; the first call returns none (the
     * reader starts at the tail). Fields as in {@code journalctl -o json}.
     */
    List<JournalEntry> journal(int limit) throws IOException, InterruptedException;

    /**
     * Reads a FIFO: waits for a writer, passes on its lines, and returns when the last writer is gone.
     *
     * @throws InterruptedException if the calling thread is interrupted, as far as waiting for a FIFO can be
     */
    void follow(Path fifo, OutputListener lines) throws IOException, InterruptedException;

    /** The time by this server's clock, which may be wrong. */
    default java.time.Instant now() {
        return java.time.Instant.now();
    }

    /** Identity of this boot: another after each boot. */
    String bootId();

    /** A directory of the machine that runs this code where the agent keeps its own files; survives agent and server restarts. */
    Path stateDirectory();

    /** Names that this system reports for itself. */
    HostNames names();

    /** Fully qualified name and node name. */
    record HostNames(String fqdn, String nodename) {}

    /** A line of the system's journal; {@code priority} 0 to 7, {@code facility} as in RFC 5424. */
    record JournalEntry(java.time.Instant at, int priority, int facility, String identifier, String message) {}

    /** Receives output while a command runs. */
    @FunctionalInterface
    interface OutputListener {
        /** Ignores everything. */
        OutputListener NONE = text -> {};

        /** A piece of output, decoded as UTF-8 with invalid bytes replaced. */
        void accept(String text);
    }
}
