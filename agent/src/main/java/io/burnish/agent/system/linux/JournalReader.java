package io.burnish.agent.system.linux;

import io.burnish.agent.system.HostSystem.JournalEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the system's journal from where it was left, beginning at the tail (agent contract, 5.3). */
final class JournalReader {

    private final Programs programs;
    private String cursor;
    private boolean positioned;

    JournalReader(Programs programs) {
        this.programs = programs;
    }

    /** New entries, oldest first, at most {@code limit}; none if the system has no journal. */
    synchronized List<JournalEntry> next(int limit) throws IOException, InterruptedException {
        if (programs.find("journalctl").isEmpty()) {
            return List.of();
        }
        if (!positioned) {
            read(1, "-n", "1");
            positioned = true;
            return List.of();
        }
        // an empty journal has no cursor: its first entries are all new
        return cursor == null ? read(limit) : read(limit, "--after-cursor=" + cursor);
    }

    private List<JournalEntry> read(int limit, String... options) throws IOException, InterruptedException {
        List<String> args = new ArrayList<>(
                List.of(programs.locate("journalctl").toString(), "-o", "json", "--no-pager", "--quiet"));
        args.addAll(List.of(options));
        Process process = new ProcessBuilder(args)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<JournalEntry> entries = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && entries.size() < limit) {
                JournalLine.cursor(line).ifPresent(value -> cursor = value);
                Optional<JournalEntry> entry = JournalLine.parse(line);
                entry.ifPresent(entries::add);
                line = entries.size() < limit ? lines.readLine() : null;
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
        return entries;
    }
}
