package io.burnish.metrics.point;

import java.io.ByteArrayOutputStream;

/** Writes numbers of {@link PointCodec}. */
final class NumberWriter {

    private static final int MORE = 0x80;
    private static final int SEVEN_BITS = 0x7f;

    private final ByteArrayOutputStream bytes;
    private long zeros;

    NumberWriter(int expectedSize) {
        bytes = new ByteArrayOutputStream(expectedSize);
    }

    void raw(byte value) {
        bytes.write(value);
    }

    /** A number outside the columns. */
    void plain(long number) {
        long rest = number;
        while ((rest & ~SEVEN_BITS) != 0) {
            bytes.write((int) (rest & SEVEN_BITS) | MORE);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    /** A number of a column. */
    void number(long number) {
        if (number == 0) {
            zeros++;
        } else {
            endOfColumn();
            plain(number);
        }
    }

    void endOfColumn() {
        if (zeros > 0) {
            plain(0);
            plain(zeros - 1);
            zeros = 0;
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
