package io.burnish.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code postmaster.pid} that a running server keeps in its data directory: pid in line 1, state in line 8.
 *
 * <p>A server that was killed leaves the file behind, and the number in it may meanwhile be that of any program.
 */
record PidFile(Path dataDirectory) {

    private static final int STATE_LINE = 7;

    private Path file() {
        return dataDirectory.resolve("postmaster.pid");
    }

    /** Whether the server with that pid says that it accepts connections. */
    boolean isReady(long pid) {
        List<String> lines = lines();
        return lines.size() > STATE_LINE
                && lines.getFirst().strip().equals(Long.toString(pid))
                && lines.get(STATE_LINE).strip().equals("ready");
    }

    /** The server that runs on this data directory now, whoever started it. */
    Optional<ProcessHandle> runningServer() {
        return pid().flatMap(ProcessHandle::of).filter(this::isServerHere);
    }

    /**
     * Removes the file if its number is that of a program which is not a server on this directory: PostgreSQL itself would only see
     * that the number is in use and refuse to start.
     */
    void removeIfStale() throws IOException {
        boolean numberReused =
                pid().flatMap(ProcessHandle::of).isPresent() && runningServer().isEmpty();
        if (numberReused) {
            Files.deleteIfExists(file());
        }
    }

    /** A server's working directory is its data directory. */
    private boolean isServerHere(ProcessHandle process) {
        try {
            return process.isAlive()
                    && Files.isSameFile(Path.of("/proc", Long.toString(process.pid()), "cwd"), dataDirectory);
        } catch (IOException e) {
            // ended meanwhile, or a process of another user, who cannot run a server on this user's directory
            return false;
        }
    }

    private Optional<Long> pid() {
        try {
            return lines().stream().findFirst().map(line -> Long.parseLong(line.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file());
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            // being rewritten at this moment: as good as not there yet
            return List.of();
        }
    }
}
