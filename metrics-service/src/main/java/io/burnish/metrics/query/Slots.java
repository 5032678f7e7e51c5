package io.burnish.metrics.query;

import io.burnish.metrics.point.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A range cut into equal intervals (monitoring 12.1, rule 6): of each the mean of what falls into it, 0 if nothing does. */
final class Slots {

    private Slots() {}

    static List<Point> of(List<Point> points, Period.Range range) {
        int count = range.slots();
        double step = (double) (range.end() - range.begin()) / count;
        Point[] slots = new Point[count];
        Arrays.setAll(slots, i -> new Point(range.begin() + Math.round(i * step), 0, 0));
        for (Point point : points) {
            // a slot of ten seconds can begin before the range does
            int slot = (int) ((point.at() - range.begin()) / step);
            if (point.at() >= range.begin() && slot < count) {
                slots[slot] = slots[slot].plus(point);
            }
        }
        return new ArrayList<>(List.of(slots));
    }
}
