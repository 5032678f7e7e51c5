package io.burnish.simulator.load;

/**
 * A rate that rises and falls: {@code mean * (1 + swing * sin)}. Its integral is known, so a counter that follows it needs no memory.
 *
 * @param mean per second
 * @param swing from 0 to 1: then it never runs backwards
 * @param period of one rise and fall, in seconds
 * @param phase in radians
 */
record Wave(double mean, double swing, double period, double phase) {

    private static final double MILLIS = 1000;

    /** The rate at a time in milliseconds. */
    double at(long millis) {
        return mean * (1 + swing * Math.sin(angle(millis)));
    }

    /** What has come together from one time to a later one, in milliseconds. */
    double total(long from, long to) {
        if (to <= from) {
            return 0;
        }
        double cosines = Math.cos(angle(from)) - Math.cos(angle(to));
        return mean * ((to - from) / MILLIS + swing * period / (2 * Math.PI) * cosines);
    }

    private double angle(long millis) {
        return 2 * Math.PI * (millis / MILLIS % period) / period + phase;
    }
}
