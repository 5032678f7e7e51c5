package io.burnish.metrics.point;

/** Reads numbers of {@link PointCodec}. */
final class NumberReader {

    private static final int MORE = 0x80;
    private static final int SEVEN_BITS = 0x7f;

    private final byte[] bytes;
    private int position;
    private long zeros;

    NumberReader(byte[] bytes) {
        this.bytes = bytes;
    }

    byte raw() {
        if (position == bytes.length) {
            throw new IllegalArgumentException("points end in the middle");
        }
        return bytes[position++];
    }

    long plain() {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = raw();
            number |= (long) (next & SEVEN_BITS) << shift;
            if ((next & MORE) == 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("a number of points is longer than 64 bits");
    }

    long number() {
        if (zeros > 0) {
            zeros--;
            return 0;
        }
        long number = plain();
        if (number == 0) {
            zeros = plain();
        }
        return number;
    }
}
