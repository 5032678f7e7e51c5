package io.burnish.metrics.resource;

import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Wire;

/** What requests for statistics take and give (API contract, storage 23.1 and 23.3). */
final class MetricWire {

    private static final Shape SERIES = Shape.list(
            Shape.object().with("data", Shape.map(Shape.number().orNull())).with("ts", Shape.time()));

    /** Of one object. */
    static final Wire ONE = Wire.nothing()
            .query("metrics", Shape.text(), "Names of series, separated by commas; all if not given")
            .query("latest", Shape.text(), "true: the newest point only")
            .query("begin", Shape.text(), "Begin of the range, inclusive")
            .query("end", Shape.text(), "End of the range, exclusive; now if not given")
            .query("update", Shape.text(), "true: what has come since end")
            .query(
                    "max_points",
                    Shape.integer(),
                    "Coarser samples are taken rather than more points; 1000 if not given")
            .query("num_points", Shape.integer(), "Exactly that many equal intervals")
            .query("job", Shape.text(), "By batch job: id, user or name")
            .gives(200, SERIES);

    /** Of several objects: by id, by group, or reduced to one series. */
    static final Wire LIST = ONE.query("reduce_fn", Shape.oneOf("sum", "average"), "Over all objects")
            .query("group_by", Shape.text(), "A series for each value of an attribute")
            .gives(200, Shape.anyOf(SERIES, Shape.map(SERIES)));

    private MetricWire() {}
}
