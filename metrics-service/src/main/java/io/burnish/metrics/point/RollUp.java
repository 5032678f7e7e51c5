package io.burnish.metrics.point;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Sums points into the intervals of a coarser level (monitoring 11). */
public final class RollUp {

    private RollUp() {}

    /** The intervals that have points, by their beginnings. The order of the points makes no difference; in the order of time is cheapest. */
    public static NavigableMap<Long, Point> to(Level level, Collection<Point> points) {
        NavigableMap<Long, Point> intervals = new TreeMap<>();
        long at = 0;
        double sum = 0;
        long weight = 0;
        for (Point point : points) {
            long interval = level.floor(point.at());
            if (interval != at) {
                add(intervals, at, sum, weight);
                at = interval;
                sum = 0;
                weight = 0;
            }
            sum += point.sum();
            weight += point.weight();
        }
        add(intervals, at, sum, weight);
        return intervals;
    }

    private static void add(NavigableMap<Long, Point> intervals, long at, double sum, long weight) {
        if (weight > 0) {
            intervals.merge(at, new Point(at, sum, weight), Point::plus);
        }
    }
}
