package io.burnish.agent;

import io.burnish.agent.system.HostSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;

/** When a server booted, by its own clock: line {@code btime} of {@code /proc/stat}. */
final class BootTime {

    private static final Path STAT = Path.of("/proc/stat");
    private static final String KEY = "btime ";

    private BootTime() {}

    static Instant of(HostSystem host) {
        try {
            return host.read(STAT)
                    .orElse("")
                    .lines()
                    .filter(line -> line.startsWith(KEY))
                    .map(line -> Instant.ofEpochSecond(
                            Long.parseLong(line.substring(KEY.length()).strip())))
                    .findFirst()
                    .orElse(Instant.EPOCH);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + STAT, e);
        }
    }
}
