package io.burnish.benchmarks.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fresh directory below {@code java.io.tmpdir}. Data in it are as durable as anywhere: a temporary directory in memory makes every
 * commit cheaper than it is.
 */
public final class Workspace implements AutoCloseable {

    private final Path directory;
    private final boolean kept;

    private Workspace(Path directory, boolean kept) {
        this.directory = directory;
        this.kept = kept;
    }

    /** A new one; {@code kept}: it stays when it is closed. */
    public static Workspace create(boolean kept) throws IOException {
        return new Workspace(Files.createTempDirectory("burnish-bench-"), kept);
    }

    /** A directory in it that does not exist yet. */
    public Path path(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() throws IOException {
        if (kept) {
            System.out.println("The data are kept in " + directory);
            return;
        }
        List<Path> content;
        try (Stream<Path> all = Files.walk(directory)) {
            content = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : content) {
            Files.deleteIfExists(path);
        }
    }
}
