package io.burnish.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** {@code target/test-platform/<pid>}: files of one test JVM. */
final class TestFolder {

    private static final Path ALL = Path.of("target", "test-platform").toAbsolutePath();

    private TestFolder() {}

    /** The folder of this JVM. Folders of JVMs that were killed are removed. */
    static synchronized Path ofThisProcess() {
        Path own = ALL.resolve(Long.toString(ProcessHandle.current().pid()));
        if (!Files.isDirectory(own)) {
            removeAbandoned();
            try {
                Files.createDirectories(own);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot create the folder of test data", e);
            }
        }
        return own;
    }

    private static void removeAbandoned() {
        try (Stream<Path> folders = Files.exists(ALL) ? Files.list(ALL) : Stream.empty()) {
            folders.filter(TestFolder::isAbandoned).forEach(TestFolder::delete);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + ALL, e);
        }
    }

    private static boolean isAbandoned(Path folder) {
        return ProcessHandle.of(Long.parseLong(folder.getFileName().toString())).isEmpty();
    }

    /** Best effort: another test JVM may clean at the same time, and nothing depends on what stays. */
    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("test data stays in " + folder + ": " + e.getMessage());
        }
    }
}
