package io.burnish.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * Resident memory of processes with their descendants, from {@code /proc/<pid>/smaps_rollup}.
 *
 * @param rssBytes sum of resident sets: memory that two processes share counts twice
 * @param pssBytes proportional sum: it counts once
 */
public record MemoryUse(long rssBytes, long pssBytes) {

    /** Now. */
    public static MemoryUse of(Collection<ProcessHandle> processes) {
        return processes.stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .distinct()
                .map(MemoryUse::of)
                .reduce(new MemoryUse(0, 0), MemoryUse::plus);
    }

    private MemoryUse plus(MemoryUse other) {
        return new MemoryUse(rssBytes + other.rssBytes, pssBytes + other.pssBytes);
    }

    private static MemoryUse of(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
            return new MemoryUse(0, 0);
        }
    }

    /** The text of such a file. */
    static MemoryUse parse(String rollup) {
        return new MemoryUse(bytes(rollup, "Rss:"), bytes(rollup, "Pss:"));
    }

    private static long bytes(String rollup, String label) {
        return rollup.lines()
                .filter(line -> line.startsWith(label))
                .mapToLong(line -> 1024
                        * Long.parseLong(
                                line.substring(label.length()).replace("kB", "").strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + label + " in " + rollup));
    }
}
