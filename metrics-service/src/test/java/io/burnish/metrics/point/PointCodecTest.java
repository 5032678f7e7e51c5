package io.burnish.metrics.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is lost on the way through the stored form. The seed is the test's name. */
class PointCodecTest {

    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.1,
        Math.PI,
        Double.MIN_VALUE,
        -Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        9007199254740991.0,
        9007199254740992.0,
        9007199254740994.0,
        -9007199254740992.0,
        1e300
    };

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyPointsComeBackAsTheyWere(long seed) {
        Random random = new Random(seed);
        List<Point> points = new ArrayList<>();
        int count = random.nextInt(400);
        long at = random.nextInt(3) == 0 ? random.nextLong() : 1_700_000_000_000L;
        double value = number(random);
        for (int i = 0; i < count; i++) {
            at += random.nextInt(4) == 0 ? random.nextLong() : 10_000 + random.nextInt(7);
            value = switch (random.nextInt(4)) {
                case 0 -> number(random);
                case 1 -> value + random.nextInt(1000);
                default -> value;
            };
            long weight = random.nextInt(5) == 0 ? random.nextLong() : 1;
            points.add(new Point(at, value, weight));
        }
        List<Point> back = PointCodec.decode(PointCodec.encode(points));
        // bit for bit: record equality compares doubles as Double.compare does
        assertThat(back).isEqualTo(points);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsCutShortIsRefused(long seed) {
        Random random = new Random(seed);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(20); i++) {
            points.add(Point.reading(random.nextLong(), number(random)));
        }
        byte[] bytes = PointCodec.encode(points);
        byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        assertThatThrownBy(() -> PointCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anHourOfAnUnchangedGaugeIsAHandfulOfBytes() {
        List<Point> points = LongStream.range(0, 360)
                .mapToObj(i -> Point.reading(1_700_000_000_000L + i * 10_000, 2015824))
                .toList();
        assertThat(PointCodec.encode(points)).hasSizeLessThan(40);
    }

    @Test
    void anHourOfACounterUnderAnUnsteadyClockIsSomeBytesPerReading() {
        Random random = new Random(1);
        List<Point> points = new ArrayList<>();
        double bytes = 0;
        for (int i = 0; i < 360; i++) {
            bytes += random.nextInt(100_000_000);
            points.add(Point.reading(1_700_000_000_000L + i * 10_000L + random.nextInt(5), bytes));
        }
        assertThat(PointCodec.encode(points)).hasSizeLessThan(360 * 6);
    }

    private static double number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
            case 1 -> random.nextGaussian();
            case 2 -> random.nextLong() >> (11 + random.nextInt(50));
            default -> random.nextInt(1000);
        };
    }
}
