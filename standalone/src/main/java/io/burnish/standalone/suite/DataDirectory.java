package io.burnish.standalone.suite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Everything that outlives a run, in one directory that one run at a time holds. */
public final class DataDirectory implements AutoCloseable {

    private final Path root;
    private final FileChannel lockFile;

    private DataDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Takes the directory; creates it if missing.
     *
     * @throws IOException if another Burnish runs on it, or it is not writable
     */
    public static DataDirectory take(Path path) throws IOException {
        Path root = path.toAbsolutePath().normalize();
        Files.createDirectories(root);
        FileChannel channel =
                FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new IOException(
                    "Another Burnish runs on " + root + ". End it, or name another directory with --data.");
        }
        return new DataDirectory(root, channel);
    }

    /** The directory. */
    public Path root() {
        return root;
    }

    /** PostgreSQL's part. */
    public Path postgres() {
        return root.resolve("postgres");
    }

    /** Kafka's part. */
    public Path kafka() {
        return root.resolve("kafka");
    }

    /** Keys and certificates. */
    public Path pki() {
        return root.resolve("pki");
    }

    /** The CA certificate that clients trust. */
    public Path authority() {
        return pki().resolve("authority.crt");
    }

    /** The generated password of {@code admin}; absent if the installation was given one. */
    public Path adminPassword() {
        return pki().resolve("admin-password");
    }

    /** The simulated cluster's part. */
    public Path simulator() {
        return root.resolve("simulator");
    }

    /** Ports that are kept from run to run. */
    public Path ports() {
        return root.resolve("ports.json");
    }

    /** Process ids of the present run, for those who want to see or kill them. */
    public Path processes() {
        return root.resolve("processes.json");
    }

    /** The merged log of all processes. */
    public Path log() {
        return root.resolve("logs/burnish.log");
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
