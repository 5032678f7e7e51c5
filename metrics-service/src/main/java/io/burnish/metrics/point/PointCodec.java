package io.burnish.metrics.point;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The stored form of the points of a chunk: exact, and small for what servers report.
 *
 * <p>Three columns, each a stream of numbers in which most are zero or small: differences of differences of times, differences of
 * weights, and of sums either differences (if all are whole numbers below 2^53, as nearly all readings are) or the bits that differ
 * from the sum before. A number is a variable-length integer of seven bits per byte; a zero is followed by how many more zeros follow it.
 * So a value that does not change costs nothing, and a regular clock one byte per point or less. Arithmetic wraps around: any 64-bit
 * numbers survive.
 *
 * <pre>
 * 1 byte   form: 1 whole numbers, 2 floating point
 * number   count
 * numbers  times, weights, sums
 * </pre>
 */
public final class PointCodec {

    private static final byte WHOLE = 1;
    private static final byte FLOATING = 2;
    /** Up to here a double holds every whole number. */
    private static final double EXACT = 1L << 53;

    private PointCodec() {}

    /** The stored form of points. */
    public static byte[] encode(Collection<Point> points) {
        byte form = allWhole(points) ? WHOLE : FLOATING;
        NumberWriter writer = new NumberWriter(16 + 3 * points.size());
        writer.raw(form);
        writer.plain(points.size());
        long at = 0;
        long step = 0;
        for (Point point : points) {
            long newStep = point.at() - at;
            writer.number(zigzag(newStep - step));
            at = point.at();
            step = newStep;
        }
        writer.endOfColumn();
        long weight = 0;
        for (Point point : points) {
            writer.number(zigzag(point.weight() - weight));
            weight = point.weight();
        }
        writer.endOfColumn();
        long sum = 0;
        for (Point point : points) {
            long next = form == WHOLE ? (long) point.sum() : Double.doubleToRawLongBits(point.sum());
            // of similar doubles the high bits are the same
            writer.number(form == WHOLE ? zigzag(next - sum) : Long.reverse(next ^ sum));
            sum = next;
        }
        writer.endOfColumn();
        return writer.bytes();
    }

    /**
     * The points of a stored form.
     *
     * @throws IllegalArgumentException if the bytes are none
     */
    public static List<Point> decode(byte[] bytes) {
        NumberReader reader = new NumberReader(bytes);
        byte form = reader.raw();
        if (form != WHOLE && form != FLOATING) {
            throw new IllegalArgumentException("unknown form of points: " + form);
        }
        int count = Math.toIntExact(reader.plain());
        long[] times = new long[count];
        long at = 0;
        long step = 0;
        for (int i = 0; i < count; i++) {
            step += unzigzag(reader.number());
            at += step;
            times[i] = at;
        }
        long[] weights = new long[count];
        long weight = 0;
        for (int i = 0; i < count; i++) {
            weight += unzigzag(reader.number());
            weights[i] = weight;
        }
        List<Point> points = new ArrayList<>(count);
        long sum = 0;
        for (int i = 0; i < count; i++) {
            long number = reader.number();
            sum = form == WHOLE ? sum + unzigzag(number) : sum ^ Long.reverse(number);
            points.add(new Point(times[i], form == WHOLE ? sum : Double.longBitsToDouble(sum), weights[i]));
        }
        return points;
    }

    private static boolean allWhole(Collection<Point> points) {
        for (Point point : points) {
            if (!isWhole(point.sum())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWhole(double value) {
        boolean negativeZero = value == 0 && Double.doubleToRawLongBits(value) != 0;
        return Math.rint(value) == value && Math.abs(value) <= EXACT && !negativeZero;
    }

    private static long zigzag(long number) {
        return (number << 1) ^ (number >> 63);
    }

    private static long unzigzag(long number) {
        return (number >>> 1) ^ -(number & 1);
    }
}
