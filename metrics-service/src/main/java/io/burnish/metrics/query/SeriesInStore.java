package io.burnish.metrics.query;

import io.burnish.contracts.agent.SampleBatch.SeriesType;
import io.burnish.metrics.point.Level;
import io.burnish.metrics.point.Point;
import io.burnish.metrics.point.Points;
import io.burnish.metrics.point.RollUp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A series as it lies in the store: points of a level, and readings that the level may lack. A reading that lies in two places counts once.
 */
final class SeriesInStore {

    private final String name;
    private final List<Point> stored = new ArrayList<>();
    private final List<Point> readings = new ArrayList<>();
    private SeriesType type;

    SeriesInStore(String name, SeriesType type) {
        this.name = name;
        this.type = type;
    }

    /** What an agent said last. */
    void type(SeriesType newest) {
        type = newest;
    }

    void addStored(Collection<Point> points) {
        stored.addAll(points);
    }

    void addReadings(Collection<Point> points) {
        readings.addAll(points);
    }

    void addReading(Point point) {
        readings.add(point);
    }

    /** The newest reading's ten seconds; no points if there is no reading. */
    MeasuredSeries newest() {
        if (readings.isEmpty()) {
            return of(List.of());
        }
        List<Point> ordered = Points.ordered(readings);
        long slot = Level.TEN_SECONDS.floor(ordered.getLast().at());
        return of(RollUp.to(Level.TEN_SECONDS, Points.within(ordered, slot, Long.MAX_VALUE))
                .values());
    }

    /** The points of a level in a range. */
    MeasuredSeries points(Level level, long begin, long end) {
        return switch (level) {
            case TEN_SECONDS ->
                of(RollUp.to(level, Points.within(Points.ordered(readings), begin, end))
                        .values());
            case MINUTE, FIVE_MINUTES, HOUR -> of(Points.within(rolledUp(level), begin, end));
            case DAY -> of(Points.within(settledDays(), begin, end));
        };
    }

    /**
     * Hours of which readings are at hand are computed from them: these are all readings of such an hour. Of those, an interval is shown
     * when there is a reading beyond its end (monitoring 11).
     */
    private List<Point> rolledUp(Level level) {
        if (readings.isEmpty()) {
            return Points.ordered(stored);
        }
        List<Point> ordered = Points.ordered(readings);
        List<Point> points = without(beginnings(ordered, Level.HOUR), Level.HOUR);
        points.addAll(RollUp.to(level, ordered)
                .headMap(ordered.getLast().at() - level.step(), true)
                .values());
        return Points.ordered(points);
    }

    /** A day of which an hour is still to be rolled up is not shown yet. */
    private List<Point> settledDays() {
        return Points.ordered(without(beginnings(readings, Level.DAY), Level.DAY));
    }

    /** The stored points that lie in none of these intervals. */
    private List<Point> without(Set<Long> intervals, Level level) {
        List<Point> points = new ArrayList<>(stored.size());
        for (Point point : stored) {
            if (!intervals.contains(level.floor(point.at()))) {
                points.add(point);
            }
        }
        return points;
    }

    private static Set<Long> beginnings(List<Point> readings, Level level) {
        Set<Long> beginnings = new HashSet<>();
        long last = Long.MIN_VALUE;
        for (Point reading : readings) {
            long beginning = level.floor(reading.at());
            if (beginning != last) {
                beginnings.add(beginning);
                last = beginning;
            }
        }
        return beginnings;
    }

    private MeasuredSeries of(Collection<Point> points) {
        return new MeasuredSeries(name, type, List.copyOf(points));
    }
}
