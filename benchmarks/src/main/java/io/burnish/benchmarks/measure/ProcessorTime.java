package io.burnish.benchmarks.measure;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Processor time that processes have used since they began, with their descendants that live, by name. A descendant that has a name
 * itself counts under that alone.
 *
 * @param byName user and system time
 */
public record ProcessorTime(Map<String, Duration> byName) {

    public ProcessorTime {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** Reads the time of the same processes again and again. */
    @FunctionalInterface
    public interface Meter {
        /** Until now. */
        ProcessorTime read();
    }

    /** A meter of the processes that are there whenever it is read. */
    public static Meter of(Supplier<Map<String, ProcessHandle>> processes) {
        return () -> {
            Map<String, ProcessHandle> present = processes.get();
            Set<ProcessHandle> named = Set.copyOf(present.values());
            Map<String, Duration> times = new LinkedHashMap<>();
            present.forEach((name, process) -> times.put(name, of(process, named)));
            return new ProcessorTime(times);
        };
    }

    /** Of a process and its descendants, but not of those that have a name of their own. */
    private static Duration of(ProcessHandle process, Set<ProcessHandle> named) {
        return process.children()
                .filter(child -> !named.contains(child))
                .map(child -> of(child, named))
                .reduce(process.info().totalCpuDuration().orElse(Duration.ZERO), Duration::plus);
    }

    /** What was used since an earlier reading; a process that was not there then counts with all it has used. */
    public ProcessorTime minus(ProcessorTime earlier) {
        Map<String, Duration> used = new LinkedHashMap<>();
        byName.forEach((name, time) -> used.put(name, time.minus(earlier.byName.getOrDefault(name, Duration.ZERO))));
        return new ProcessorTime(used);
    }

    /** Microseconds of all these processes. */
    public double micros(String... names) {
        return micros(Stream.of(names).map(name -> byName.getOrDefault(name, Duration.ZERO)));
    }

    /** Microseconds of all processes. */
    public double totalMicros() {
        return micros(byName.values().stream());
    }

    private static double micros(Stream<Duration> times) {
        return times.reduce(Duration.ZERO, Duration::plus).toNanos() / 1e3;
    }
}
