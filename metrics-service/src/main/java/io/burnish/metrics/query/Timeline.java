package io.burnish.metrics.query;

import io.burnish.metrics.point.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The series of one object side by side (monitoring 12.1, 12.2 and 12.4). */
final class Timeline {

    private Timeline() {}

    /** The values of each time in a range. */
    static List<Moment> of(List<MeasuredSeries> series, Period.Range range) {
        NavigableMap<Long, Moment> moments = new TreeMap<>();
        for (MeasuredSeries one : series) {
            for (Point point : values(one, range)) {
                at(moments, point.at()).values().put(one.name(), point.mean());
            }
        }
        if (range.slots() == 0) {
            dropIncompleteFirst(series, moments);
        }
        return new ArrayList<>(moments.values());
    }

    /** The same by job: what one key stands for is added up. */
    static List<Moment> ofJobs(
            List<MeasuredSeries> series, Period.Range range, Selection.OfJobs selection, JobKey key) {
        NavigableMap<Long, Moment> moments = new TreeMap<>();
        for (MeasuredSeries one : series) {
            String job = key.of(selection, one.name());
            for (Point point : values(one, range)) {
                at(moments, point.at()).values().merge(job, point.mean(), Double::sum);
            }
        }
        return new ArrayList<>(moments.values());
    }

    /** The newest value of each series, counters as they are, at the newest of their times; empty without any. */
    static Optional<Moment> latest(List<MeasuredSeries> series) {
        TreeMap<String, Double> values = new TreeMap<>();
        long at = Long.MIN_VALUE;
        for (MeasuredSeries one : series) {
            if (!one.points().isEmpty()) {
                values.put(one.name(), one.points().getLast().mean());
                at = Math.max(at, one.points().getLast().at());
            }
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(new Moment(at, values));
    }

    private static List<Point> values(MeasuredSeries series, Period.Range range) {
        List<Point> points = series.isRate() ? Rates.of(series) : series.points();
        return range.slots() == 0 ? points : Slots.of(points, range);
    }

    private static Moment at(NavigableMap<Long, Moment> moments, long at) {
        return moments.computeIfAbsent(at, time -> new Moment(time, new TreeMap<>()));
    }

    /** Rates begin one point later than gauges: where both are shown, the first time has only a part of them. */
    private static void dropIncompleteFirst(List<MeasuredSeries> series, NavigableMap<Long, Moment> moments) {
        List<MeasuredSeries> present =
                series.stream().filter(one -> !one.points().isEmpty()).toList();
        boolean several = present.size() > 1 && present.stream().anyMatch(MeasuredSeries::isRate);
        if (several
                && !moments.isEmpty()
                && moments.firstEntry().getValue().values().size() < present.size()) {
            moments.pollFirstEntry();
        }
    }
}
