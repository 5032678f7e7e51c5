package io.burnish.metrics.query;

import io.burnish.contracts.agent.SampleBatch.SeriesType;
import io.burnish.metrics.point.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * Change per second (monitoring 12.1, rules 4 and 5): the difference of two means that follow each other over the seconds between. A gap
 * gives a longer divisor; the first point disappears; a counter that fell was reset, which counts as no change.
 */
final class Rates {

    private static final long MILLIS = 1000;

    private Rates() {}

    static List<Point> of(MeasuredSeries series) {
        List<Point> rates = new ArrayList<>();
        Point before = null;
        for (Point point : series.points()) {
            if (before != null) {
                double change = point.mean() - before.mean();
                boolean reset = series.type() == SeriesType.COUNTER && change < 0;
                rates.add(new Point(point.at(), reset ? 0 : change, (point.at() - before.at()) / MILLIS));
            }
            before = point;
        }
        return rates;
    }
}
