package io.burnish.standalone.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Resident memory of processes with their descendants, from {@code /proc/<pid>/smaps_rollup} (Pss: memory that processes share counts
 * once); where that is not readable, from {@code /proc/<pid>/status} (VmRSS).
 */
final class ResidentMemory {

    private ResidentMemory() {}

    /** Bytes; a process that has ended counts nothing. */
    static long of(List<ProcessHandle> processes) {
        return processes.stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .distinct()
                .mapToLong(ResidentMemory::of)
                .sum();
    }

    private static long of(ProcessHandle process) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        long pss = kilobytes(proc.resolve("smaps_rollup"), "Pss:");
        return 1024 * (pss > 0 ? pss : kilobytes(proc.resolve("status"), "VmRSS:"));
    }

    private static long kilobytes(Path file, String label) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(label))
                    .map(line ->
                            line.substring(label.length()).replace("kB", "").strip())
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0;
        }
    }
}
