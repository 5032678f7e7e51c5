package io.burnish.metrics.point;

/**
 * What is known of a series at a time or in an interval (monitoring 11).
 *
 * @param at milliseconds since the epoch: when a reading was taken, or the beginning of an interval
 * @param sum of the readings; for a rate, the change
 * @param weight number of readings; for a rate, the seconds in which the change came about
 */
public record Point(long at, double sum, long weight) {

    /** One reading. */
    public static Point reading(long at, double value) {
        return new Point(at, value, 1);
    }

    /** The value that is shown: 0 for nothing. */
    public double mean() {
        return weight == 0 ? 0 : sum / weight;
    }

    /** Both together, at the time of this one. */
    public Point plus(Point other) {
        return new Point(at, sum + other.sum, weight + other.weight);
    }
}
