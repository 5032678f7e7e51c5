package io.burnish.standalone.suite;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** One readable stream of what all processes print: each line begins with the name of its process. */
public final class SuiteLog implements AutoCloseable {

    private static final long LIMIT_BYTES = 64L << 20;

    private final Path file;
    private final boolean echo;
    private BufferedWriter writer;
    private long written;

    private SuiteLog(Path file, boolean echo) {
        this.file = file;
        this.echo = echo;
    }

    /**
     * Appends to a file; at 64 MiB it becomes {@code <file>.1} and a new one begins.
     *
     * @param echo whether the lines also go to standard output
     */
    public static SuiteLog open(Path file, boolean echo) throws IOException {
        Files.createDirectories(file.getParent());
        SuiteLog log = new SuiteLog(file, echo);
        log.begin();
        return log;
    }

    /** Where lines of a process go. */
    public Consumer<String> of(String process) {
        return line -> append("%-18s | %s".formatted(process, line));
    }

    private void begin() throws IOException {
        written = Files.exists(file) ? Files.size(file) : 0;
        writer = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private synchronized void append(String line) {
        if (writer == null) {
            return;
        }
        if (echo) {
            System.out.println(line);
        }
        try {
            writer.write(line);
            writer.newLine();
            writer.flush();
            written += line.length() + 1L;
            if (written > LIMIT_BYTES) {
                writer.close();
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
                begin();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the log " + file, e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }
}
