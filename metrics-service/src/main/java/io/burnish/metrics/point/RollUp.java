package io.burnish.metrics.point;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Sums points into the intervals of a coarser level (monitoring 11). */
public final class RollUp {

    private RollUp() {}

    /** The intervals that have points, by their beginnings. The order of the points makes no difference. */
    public static NavigableMap<Long, Point> to(Level level, Collection<Point> points) {
        NavigableMap<Long, Point> intervals = new TreeMap<>();
        for (Point point : points) {
            long at = level.floor(point.at());
            intervals.merge(at, new Point(at, point.sum(), point.weight()), Point::plus);
        }
        return intervals;
    }
}
