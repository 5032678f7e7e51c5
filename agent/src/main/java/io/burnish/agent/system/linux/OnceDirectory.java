package io.burnish.agent.system.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What is on the disk about a once-command; the wrapper's script in {@link OnceCommand} is the other writer. */
record OnceDirectory(Path path) {

    private static final Duration KEPT = Duration.ofDays(14);

    static OnceDirectory of(Path root, String key) {
        return new OnceDirectory(root.resolve(digest(key)));
    }

    /** Removes what is older than two weeks: no action is asked for that late. */
    static void removeOld(Path root, Instant now) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(root)) {
            for (Path directory : directories) {
                if (Files.getLastModifiedTime(directory).toInstant().isBefore(now.minus(KEPT))) {
                    removeTree(directory);
                }
            }
        }
    }

    void create(String bootId, String stdin) throws IOException {
        Files.createDirectories(
                path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        put("stdin", stdin);
        put("boot", bootId);
    }

    /** The boot in which the command was to be started; empty if the key is new. */
    Optional<String> boot() throws IOException {
        return get("boot");
    }

    /** Whether a wrapper has claimed the directory: from here on the command may have had effect. */
    boolean started() {
        return Files.isDirectory(path.resolve("started"));
    }

    OptionalInt exitStatus() throws IOException {
        // an empty file is what a crash of the server can leave of a fresh one
        Optional<String> text = get("rc").filter(value -> !value.isEmpty());
        return text.isPresent() ? OptionalInt.of(Integer.parseInt(text.get())) : OptionalInt.empty();
    }

    void recordExitStatus(int status) throws IOException {
        if (exitStatus().isEmpty()) {
            put("rc", Integer.toString(status));
        }
    }

    /** The processes of the command, if the wrapper has said who it is and that process number was not given to another since. */
    Optional<ProcessGroup> group() throws IOException {
        Optional<String> text = get("pid");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] words = text.get().split(" ");
        long pid = Long.parseLong(words[0]);
        String startTime = ProcessGroup.startTime(pid);
        boolean other = !startTime.isEmpty() && words.length > 1 && !startTime.equals(words[1]);
        return Optional.of(other ? new ProcessGroup(Long.MAX_VALUE) : new ProcessGroup(pid));
    }

    Path stdout() {
        return path.resolve("stdout");
    }

    Path stderr() {
        return path.resolve("stderr");
    }

    private Optional<String> get(String name) throws IOException {
        try {
            return Optional.of(Files.readString(path.resolve(name)).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Readers see the old value or the new one, and callers that write at the same moment do not meet. */
    private void put(String name, String value) throws IOException {
        Path fresh = Files.createTempFile(path, name, ".agent");
        Files.writeString(fresh, value);
        Files.move(fresh, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void removeTree(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String digest(String key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(sha.digest(key.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
