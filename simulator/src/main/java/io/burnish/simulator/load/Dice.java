package io.burnish.simulator.load;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Numbers that look thrown but are always the same for the same words. */
final class Dice {

    private static final double SIDES = 1L << 32;

    private Dice() {}

    /** From 0 (included) to 1. */
    static double of(String... words) {
        CRC32 sum = new CRC32();
        sum.update(String.join("/", words).getBytes(StandardCharsets.UTF_8));
        return sum.getValue() / SIDES;
    }

    /** From one number to another. */
    static double between(double least, double most, String... words) {
        return least + (most - least) * of(words);
    }

    /** A wave of that mean, give or take a third. */
    static Wave wave(double mean, double swing, String... words) {
        String name = String.join("/", words);
        return new Wave(
                mean * between(2.0 / 3, 4.0 / 3, name, "mean"),
                swing,
                between(240, 900, name, "period"),
                2 * Math.PI * of(name, "phase"));
    }
}
