package io.burnish.metrics.query;

import io.burnish.contracts.agent.SampleBatch.SeriesType;
import io.burnish.metrics.point.Level;
import io.burnish.metrics.point.Point;
import io.burnish.metrics.point.RollUp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * A series as it lies in the store: points of a level, and readings that the level may lack. A reading that lies in two places counts once.
 */
final class SeriesInStore {

    private final String name;
    private final NavigableMap<Long, Point> stored = new TreeMap<>();
    private final NavigableMap<Long, Point> readings = new TreeMap<>();
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
        points.forEach(point -> stored.put(point.at(), point));
    }

    void addReadings(Collection<Point> points) {
        points.forEach(point -> readings.putIfAbsent(point.at(), point));
    }

    void addReading(Point point) {
        readings.putIfAbsent(point.at(), point);
    }

    /** The newest reading's ten seconds; no points if there is no reading. */
    MeasuredSeries newest() {
        if (readings.isEmpty()) {
            return new MeasuredSeries(name, type, List.of());
        }
        long slot = Level.TEN_SECONDS.floor(readings.lastKey());
        return of(RollUp.to(Level.TEN_SECONDS, readings.tailMap(slot, true).values()));
    }

    /** The points of a level in a range. */
    MeasuredSeries points(Level level, long begin, long end) {
        return switch (level) {
            case TEN_SECONDS ->
                of(RollUp.to(level, readings.subMap(begin, Math.max(begin, end)).values()));
            case MINUTE, FIVE_MINUTES, HOUR -> of(within(rolledUp(level), begin, end));
            case DAY -> of(within(settledDays(), begin, end));
        };
    }

    /**
     * Hours of which readings are at hand are computed from them: these are all readings of such an hour. Of those, an interval is shown
     * when there is a reading beyond its end (monitoring 11).
     */
    private NavigableMap<Long, Point> rolledUp(Level level) {
        if (readings.isEmpty()) {
            return stored;
        }
        NavigableMap<Long, Point> points = new TreeMap<>(stored);
        for (long hour : beginnings(Level.HOUR)) {
            points.subMap(hour, hour + Level.HOUR.step()).clear();
        }
        points.putAll(RollUp.to(level, readings.values()).headMap(readings.lastKey() - level.step(), true));
        return points;
    }

    /** A day of which an hour is still to be rolled up is not shown yet. */
    private NavigableMap<Long, Point> settledDays() {
        NavigableMap<Long, Point> points = new TreeMap<>(stored);
        beginnings(Level.DAY).forEach(points::remove);
        return points;
    }

    private Set<Long> beginnings(Level level) {
        Set<Long> beginnings = new HashSet<>();
        readings.keySet().forEach(at -> beginnings.add(level.floor(at)));
        return beginnings;
    }

    private static NavigableMap<Long, Point> within(NavigableMap<Long, Point> points, long begin, long end) {
        return points.subMap(begin, true, Math.max(begin, end), false);
    }

    private MeasuredSeries of(NavigableMap<Long, Point> points) {
        return new MeasuredSeries(name, type, new ArrayList<>(points.values()));
    }
}
