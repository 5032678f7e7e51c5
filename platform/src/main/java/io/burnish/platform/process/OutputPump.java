package io.burnish.platform.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Reads what a child prints, line by line, so that it never blocks on a full pipe; hands each line on and keeps the last ones for
 * the message of a failure.
 */
public final class OutputPump {

    private static final int KEPT = 40;

    private final Deque<String> last = new ArrayDeque<>();
    private final Thread reader;

    private OutputPump(Process process, Consumer<String> lines) {
        this.reader =
                Thread.ofPlatform().daemon().name("output-" + process.pid()).start(() -> pump(process, lines));
    }

    /** Starts to read the output of a child whose error stream is joined to its output. */
    public static OutputPump of(Process process, Consumer<String> lines) {
        return new OutputPump(process, lines);
    }

    /** The last lines (at most 40), oldest first, joined by line ends. */
    public String tail() {
        synchronized (last) {
            return String.join("\n", last);
        }
    }

    /** Waits, a second at most, until everything that an ended child printed has been read. */
    public void finish() {
        try {
            reader.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(Process process, Consumer<String> lines) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                keep(line);
                lines.accept(line);
            }
        } catch (IOException e) {
            // the pipe of a killed child: its output ends here
            keep("(output ended: " + e.getMessage() + ")");
        }
    }

    private void keep(String line) {
        synchronized (last) {
            if (last.size() == KEPT) {
                last.removeFirst();
            }
            last.addLast(line);
        }
    }
}
