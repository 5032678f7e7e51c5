package io.burnish.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that are kept as files among the test resources. A test run with {@code -Dburnish.golden=write} writes them anew, to be read before
 * they are committed.
 */
public final class GoldenFiles {

    private GoldenFiles() {}

    /**
     * Fails if a text is not that of the file.
     *
     * @param file relative to the test resources, for example {@code jobs/format.txt}
     */
    public static void check(String file, String text) {
        if ("write".equals(System.getProperty("burnish.golden"))) {
            write(Path.of("src", "test", "resources").resolve(file), text);
            return;
        }
        String expected = read("/" + file);
        if (!expected.equals(text)) {
            throw new AssertionError("not as in %s\nexpected:\n%s\nbut was:\n%s".formatted(file, expected, text));
        }
    }

    private static String read(String resource) {
        try (InputStream stream = GoldenFiles.class.getResourceAsStream(resource)) {
            return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
