package io.burnish.target.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Transcripts that are kept as text files. A test run with {@code -Dburnish.golden=write} writes them anew, to be read before they are
 * committed.
 */
public final class Golden {

    private Golden() {}

    /** Fails if the text is not that of {@code jobs/<name>.txt}. */
    public static void check(String name, Object actual) {
        String text = actual.toString();
        if ("write".equals(System.getProperty("burnish.golden"))) {
            write(name, text);
        } else {
            assertThat(text).as(name).isEqualTo(read("/jobs/" + name + ".txt"));
        }
    }

    private static String read(String resource) {
        try (InputStream stream = Golden.class.getResourceAsStream(resource)) {
            return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String name, String text) {
        try {
            Files.writeString(Path.of("src", "test", "resources", "jobs", name + ".txt"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
