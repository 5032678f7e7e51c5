package io.burnish.metrics.point;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Points stay in order and single, whatever comes in whatever order. */
class PointsTest {

    @Test
    void whatIsPresentStaysAndTheRestFindsItsPlace() {
        assertThat(Points.added(points(10, 30), points(20, 30, 40, 5)))
                .extracting(Point::at)
                .containsExactly(5L, 10L, 20L, 30L, 40L);
        assertThat(Points.added(List.of(Point.reading(10, 1)), List.of(Point.reading(10, 2))))
                .containsExactly(Point.reading(10, 1));
        assertThat(Points.added(List.of(), points(3, 1, 3, 2)))
                .extracting(Point::at)
                .containsExactly(1L, 2L, 3L);
        assertThat(Points.added(points(1, 2), List.of())).hasSize(2);
    }

    @Test
    void anIntervalIsReplacedAsAWhole() {
        assertThat(Points.replaced(points(0, 10, 20, 30), 10, 30, points(15)))
                .extracting(Point::at)
                .containsExactly(0L, 15L, 30L);
        assertThat(Points.replaced(List.of(), 0, 10, points(1, 2))).hasSize(2);
        assertThat(Points.within(points(0, 10, 20, 30), 10, 30))
                .extracting(Point::at)
                .containsExactly(10L, 20L);
    }

    private static List<Point> points(long... times) {
        return LongStream.of(times).mapToObj(at -> Point.reading(at, at)).toList();
    }
}
