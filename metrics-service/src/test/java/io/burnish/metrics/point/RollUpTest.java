package io.burnish.metrics.point;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums of intervals. */
class RollUpTest {

    private static final long HOUR = 1_700_000_400_000L - 1_700_000_400_000L % 3_600_000;

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @Test
    void sixReadingsOfAMinuteAreItsSum() {
        // monitoring 16, example 4
        List<Point> readings = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            readings.add(Point.reading(HOUR + i * 10_000, i + 1));
        }
        Point minute = RollUp.to(Level.MINUTE, readings).get(HOUR);
        assertThat(minute).isEqualTo(new Point(HOUR, 21, 6));
        assertThat(minute.mean()).isEqualTo(3.5);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rollingUpInOneStepOrTwoAndInAnyOrderIsTheSame(long seed) {
        Random random = new Random(seed);
        List<Point> readings = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            readings.add(Point.reading(HOUR + random.nextInt(7_200_000), random.nextInt(1000)));
        }
        var hours = RollUp.to(Level.HOUR, readings);
        var minutes = RollUp.to(Level.MINUTE, readings).values();
        assertThat(RollUp.to(Level.HOUR, RollUp.to(Level.FIVE_MINUTES, minutes).values()))
                .isEqualTo(hours);
        Collections.shuffle(readings, random);
        assertThat(RollUp.to(Level.HOUR, readings)).isEqualTo(hours);
        assertThat(hours.values().stream().mapToLong(Point::weight).sum()).isEqualTo(500);
    }
}
