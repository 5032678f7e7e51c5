package io.burnish.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Deaths of processes at failpoints: each service dies at its points one after the other, the services independently of each other.
 *
 * <p>A point is armed when the one before it has struck; so a service that is down is not asked to die again.
 */
final class Strikes {

    /** A service that shall die at a point. */
    record Strike(String service, String point) {

        @Override
        public String toString() {
            return service + " at " + point;
        }
    }

    private final Path directory;
    private final Map<String, Deque<Strike>> ahead = new TreeMap<>();

    /** Strikes to come; {@code directory} is where the services look. */
    Strikes(Path directory, List<Strike> strikes) {
        this.directory = directory;
        strikes.forEach(strike -> ahead.computeIfAbsent(strike.service(), service -> new ArrayDeque<>())
                .add(strike));
        ahead.values().forEach(points -> arm(points.getFirst()));
    }

    /** Arms what comes after points that have struck; the strikes that are still to come. */
    List<Strike> advance() {
        ahead.values().forEach(points -> {
            if (!points.isEmpty() && !Files.exists(file(points.getFirst()))) {
                points.removeFirst();
                if (!points.isEmpty()) {
                    arm(points.getFirst());
                }
            }
        });
        return ahead.values().stream().flatMap(Deque::stream).toList();
    }

    /** Nobody dies any more. */
    void disarm() {
        ahead.values().stream().flatMap(Deque::stream).forEach(strike -> {
            try {
                Files.deleteIfExists(file(strike));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        ahead.clear();
    }

    private void arm(Strike strike) {
        try {
            Files.createDirectories(directory);
            Files.createFile(file(strike));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(Strike strike) {
        return directory.resolve(strike.service() + "." + strike.point());
    }
}
