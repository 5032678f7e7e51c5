package io.burnish.metrics.query;

import static io.burnish.metrics.query.TimelineTest.moment;
import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.metrics.query.MetricRequest.Function;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several objects as one (monitoring 12.3). */
class ReductionTest {

    private static final List<Moment> A = List.of(moment(10, Map.of("kbytesfree", 100.0)));
    private static final List<Moment> B = List.of(moment(20, Map.of("kbytesfree", 300.0)));

    @Test
    void staggeredObjectsGiveEachTimeWithTheNearestValueOfTheOthers() {
        // monitoring 16, example 8
        assertThat(Reduction.of(Function.AVERAGE, List.of(A, B), List.of()))
                .containsExactly(moment(10, Map.of("kbytesfree", 200.0)), moment(20, Map.of("kbytesfree", 200.0)));
        assertThat(Reduction.of(Function.SUM, List.of(A, B), List.of()))
                .containsExactly(moment(10, Map.of("kbytesfree", 400.0)), moment(20, Map.of("kbytesfree", 400.0)));
    }

    @Test
    void nearestEarlierValueCounts() {
        List<Moment> long1 =
                List.of(moment(10, Map.of("x", 1.0)), moment(30, Map.of("x", 3.0)), moment(50, Map.of("x", 5.0)));
        List<Moment> long2 = List.of(moment(40, Map.of("x", 100.0)));
        assertThat(Reduction.of(Function.SUM, List.of(long1, long2), List.of()))
                .containsExactly(
                        moment(10, Map.of("x", 101.0)),
                        moment(30, Map.of("x", 103.0)),
                        moment(40, Map.of("x", 103.0)),
                        moment(50, Map.of("x", 105.0)));
    }

    @Test
    void objectWithoutDataContributesNothingButCounts() {
        assertThat(Reduction.of(Function.SUM, List.of(A, List.of()), List.of()))
                .containsExactly(moment(10, Map.of("kbytesfree", 100.0)));
        assertThat(Reduction.of(Function.AVERAGE, List.of(A, List.of()), List.of()))
                .containsExactly(moment(10, Map.of("kbytesfree", 50.0)));
    }

    @Test
    void promisedNamesAreThere() {
        assertThat(Reduction.of(Function.SUM, List.of(A), List.of("kbytesfree", "missing")))
                .containsExactly(moment(10, Map.of("kbytesfree", 100.0, "missing", 0.0)));
        assertThat(Reduction.of(Function.SUM, List.of(), List.of("missing"))).isEmpty();
    }
}
