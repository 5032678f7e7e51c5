package io.burnish.metrics.query;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.TargetKind;
import io.burnish.metrics.query.MetricRequest.Function;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Figures of a file system out of those of its targets (monitoring 12.2 and 13): sums, of space over the OSTs, of files and clients over the
 * MDTs, of everything else over both. Every client is connected to every MDT, so {@code client_count} is divided by their number.
 */
final class FilesystemFigures {

    private static final String CLIENTS = "client_count";

    private final MeasuredObject.Filesystem filesystem;

    FilesystemFigures(MeasuredObject.Filesystem filesystem) {
        this.filesystem = filesystem;
    }

    /** The series that count, of each target that has any. */
    List<List<MeasuredSeries>> counted(Map<String, List<MeasuredSeries>> found) {
        return filesystem.targets().entrySet().stream()
                .map(target -> counted(target.getKey(), target.getValue(), found))
                .toList();
    }

    private static List<MeasuredSeries> counted(
            ObjectRef ref, TargetKind kind, Map<String, List<MeasuredSeries>> found) {
        return found.getOrDefault(ref.toString(), List.of()).stream()
                .filter(series -> counts(kind, series.name()))
                .toList();
    }

    private static boolean counts(TargetKind kind, String name) {
        if (name.startsWith("kbytes")) {
            return kind == TargetKind.OST;
        }
        return kind == TargetKind.MDT || !(name.startsWith("files") || name.equals(CLIENTS));
    }

    /** The sums at each time of any target. */
    List<Moment> range(List<List<Moment>> targets) {
        return Reduction.of(Function.SUM, targets, List.of()).stream()
                .map(this::withClients)
                .toList();
    }

    /** The sums of the newest values, at the newest of their times. */
    Optional<Moment> latest(List<Optional<Moment>> targets) {
        List<Moment> present = targets.stream().flatMap(Optional::stream).toList();
        SortedMap<String, Double> sums = new TreeMap<>();
        present.forEach(moment -> moment.values().forEach((name, value) -> sums.merge(name, value, Double::sum)));
        return present.stream().map(Moment::at).max(Long::compare).map(at -> withClients(new Moment(at, sums)));
    }

    private Moment withClients(Moment moment) {
        long mdts = filesystem.targets().values().stream()
                .filter(kind -> kind == TargetKind.MDT)
                .count();
        moment.values().computeIfPresent(CLIENTS, (name, sum) -> mdts == 0 ? 0 : sum / mdts);
        return moment;
    }
}
