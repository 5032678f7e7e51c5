package io.burnish.metrics.point;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Points in the order of their times, one for each time. */
public final class Points {

    private static final Comparator<Point> BY_TIME = Comparator.comparingLong(Point::at);

    private Points() {}

    /** The present ones and those that are new: of two with the same time the present one stays. The new ones need not be in order. */
    public static List<Point> added(List<Point> present, List<Point> fresh) {
        List<Point> ordered = ordered(fresh);
        if (present.isEmpty()) {
            return ordered;
        }
        List<Point> all = new ArrayList<>(present.size() + ordered.size());
        int at = 0;
        for (Point point : ordered) {
            while (at < present.size() && present.get(at).at() < point.at()) {
                all.add(present.get(at++));
            }
            if (at == present.size() || present.get(at).at() != point.at()) {
                all.add(point);
            }
        }
        all.addAll(present.subList(at, present.size()));
        return all;
    }

    /** The present ones, but in an interval (its end not included) these. */
    public static List<Point> replaced(List<Point> present, long begin, long end, Collection<Point> by) {
        List<Point> all = new ArrayList<>(present.size() + by.size());
        present.stream().filter(point -> point.at() < begin).forEach(all::add);
        all.addAll(by);
        present.stream().filter(point -> point.at() >= end).forEach(all::add);
        return all;
    }

    /** Those in an interval, its end not included. */
    public static List<Point> within(List<Point> points, long begin, long end) {
        List<Point> within = new ArrayList<>(points.size());
        for (Point point : points) {
            if (point.at() >= begin && point.at() < end) {
                within.add(point);
            }
        }
        return within;
    }

    /**
     * The same in the order of their times; the first of several with one time stays. Nearly always they are in order already, for that is
     * how they came.
     */
    public static List<Point> ordered(List<Point> points) {
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i - 1).at() >= points.get(i).at()) {
                return sorted(points);
            }
        }
        return points;
    }

    private static List<Point> sorted(List<Point> points) {
        List<Point> sorted = new ArrayList<>(points);
        sorted.sort(BY_TIME);
        List<Point> distinct = new ArrayList<>(sorted.size());
        for (Point point : sorted) {
            if (distinct.isEmpty() || distinct.getLast().at() != point.at()) {
                distinct.add(point);
            }
        }
        return distinct;
    }
}
