package io.burnish.metrics.query;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of an object at a time, by name.
 *
 * @param at milliseconds since the epoch
 */
record Moment(long at, SortedMap<String, Double> values) {

    /** When nothing has been measured ever. */
    static Moment never() {
        return new Moment(0, new TreeMap<>());
    }
}
