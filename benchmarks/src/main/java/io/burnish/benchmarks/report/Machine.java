package io.burnish.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where figures were taken.
 *
 * @param processor its name
 * @param cores that the JVM may use
 * @param memoryBytes of the machine; 0 if not known
 * @param jdk version and vendor
 * @param load average of the last minute when it began: above 0 others worked here, too; negative if not known
 */
public record Machine(String processor, int cores, long memoryBytes, String jdk, double load) {

    /** This one, now. */
    public static Machine present() {
        return new Machine(
                value("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                kilobytes(value("/proc/meminfo", "MemTotal")) * 1024,
                System.getProperty("java.runtime.version") + " " + System.getProperty("java.vendor"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** For example {@code 2 cores (EPYC), 23.5 GiB, JDK 25.0.1+8 Eclipse Adoptium, load 0.31 before}. */
    public String line() {
        return "%d cores (%s), %.1f GiB, JDK %s, load %.2f before"
                .formatted(cores, processor, memoryBytes / (double) (1L << 30), jdk, load);
    }

    private static long kilobytes(String text) {
        String digits = text.replace("kB", "").strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static String value(String file, String label) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(label))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
