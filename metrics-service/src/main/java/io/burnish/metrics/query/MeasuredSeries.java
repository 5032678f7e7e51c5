package io.burnish.metrics.query;

import io.burnish.contracts.agent.SampleBatch.SeriesType;
import io.burnish.metrics.point.Point;
import java.util.List;

/** A series of an object with the points that were asked for, ascending by time. */
record MeasuredSeries(String name, SeriesType type, List<Point> points) {

    /** Whether it is shown as change per second. */
    boolean isRate() {
        return type != SeriesType.GAUGE;
    }
}
