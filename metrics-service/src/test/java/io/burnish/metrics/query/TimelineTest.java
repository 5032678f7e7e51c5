package io.burnish.metrics.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.burnish.contracts.agent.SampleBatch.SeriesType;
import io.burnish.metrics.point.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The worked numbers of monitoring 16: rates, gaps, slots, mixed series. */
class TimelineTest {

    private static final Period.Range MINUTE = new Period.Range(0, 60_000, 1000, 0);

    @Test
    void counterIsChangePerSecondAndNeverNegative() {
        List<Moment> moments =
                Timeline.of(List.of(series("c", SeriesType.COUNTER, 0, 1000, 10, 1600, 20, 1600, 30, 100)), MINUTE);
        assertThat(moments).extracting(Moment::at).containsExactly(10_000L, 20_000L, 30_000L);
        assertThat(moments).extracting(moment -> moment.values().get("c")).containsExactly(60.0, 0.0, 0.0);
    }

    @Test
    void deriveMayFall() {
        List<Moment> moments =
                Timeline.of(List.of(series("d", SeriesType.DERIVE, 0, 1000, 10, 1600, 20, 1600, 30, 100)), MINUTE);
        assertThat(moments).extracting(moment -> moment.values().get("d")).containsExactly(60.0, 0.0, -150.0);
    }

    @Test
    void gapGivesALongerDivisor() {
        List<Moment> moments = Timeline.of(List.of(series("c", SeriesType.COUNTER, 0, 0, 30, 900)), MINUTE);
        assertThat(moments).containsExactly(moment(30, Map.of("c", 30.0)));
    }

    @Test
    void rateOfRolledUpMinutesIsTheDifferenceOfTheirMeans() {
        MeasuredSeries minutes = new MeasuredSeries(
                "c", SeriesType.COUNTER, List.of(new Point(0, 6 * 100, 6), new Point(60_000, 6 * 700, 6)));
        assertThat(Timeline.of(List.of(minutes), new Period.Range(0, 120_000, 1000, 0)))
                .containsExactly(moment(60, Map.of("c", 10.0)));
    }

    @Test
    void slotsHoldTheMeanOfWhatFallsIntoThem() {
        List<Moment> moments = Timeline.of(
                List.of(series("g", SeriesType.GAUGE, 0, 10, 10, 20, 20, 30)), new Period.Range(0, 60_000, 1000, 2));
        assertThat(moments).containsExactly(moment(0, Map.of("g", 20.0)), moment(30, Map.of("g", 0.0)));
    }

    @Test
    void slotsOfRatesAreChangeOverSeconds() {
        // 10 s with 100/s, then 20 s with 10/s: 1200 in 30 s
        List<Moment> moments = Timeline.of(
                List.of(series("c", SeriesType.COUNTER, 0, 0, 10, 1000, 30, 1200)),
                new Period.Range(0, 60_000, 1000, 1));
        assertThat(moments).containsExactly(moment(0, Map.of("c", 40.0)));
    }

    @Test
    void processorShare() {
        // monitoring 16, example 10
        List<Moment> moments = Timeline.of(
                List.of(
                        series("cpu_total", SeriesType.DERIVE, 0, 0, 10, 4000),
                        series("cpu_user", SeriesType.DERIVE, 0, 0, 10, 1000)),
                MINUTE);
        assertThat(moments.getFirst().values()).containsExactly(entry("cpu_total", 400.0), entry("cpu_user", 100.0));
    }

    @Test
    void firstTimeThatHasOnlyGaugesIsDroppedWhereRatesAreShownToo() {
        MeasuredSeries gauge = series("g", SeriesType.GAUGE, 0, 1, 10, 2, 20, 3);
        MeasuredSeries counter = series("c", SeriesType.COUNTER, 0, 0, 10, 100, 20, 200);
        assertThat(Timeline.of(List.of(gauge, counter), MINUTE))
                .extracting(Moment::at)
                .containsExactly(10_000L, 20_000L);
        assertThat(Timeline.of(List.of(gauge), MINUTE)).hasSize(3);
    }

    @Test
    void aSeriesWithoutDataDoesNotMakeTheOthersIncomplete() {
        MeasuredSeries counter = series("c", SeriesType.COUNTER, 0, 0, 10, 100);
        MeasuredSeries silent = new MeasuredSeries("s", SeriesType.COUNTER, List.of());
        assertThat(Timeline.of(List.of(counter, silent), MINUTE)).containsExactly(moment(10, Map.of("c", 10.0)));
    }

    @Test
    void latestIsTheValueItselfAtTheNewestTime() {
        assertThat(Timeline.latest(List.of(
                        series("c", SeriesType.COUNTER, 0, 1000, 10, 1600), series("g", SeriesType.GAUGE, 0, 5))))
                .contains(moment(10, Map.of("c", 1600.0, "g", 5.0)));
        assertThat(Timeline.latest(List.of())).isEmpty();
    }

    @Test
    void jobsWithTheSameKeyAreAdded() {
        Selection.OfJobs reads = new Selection.OfJobs("read_bytes");
        List<MeasuredSeries> jobs = List.of(
                series("job_read_bytes_dd.0", SeriesType.COUNTER, 0, 0, 10, 100),
                series("job_read_bytes_dd.500", SeriesType.COUNTER, 0, 0, 10, 50),
                series("job_read_bytes_cp.0", SeriesType.COUNTER, 0, 0, 10, 10));
        assertThat(Timeline.ofJobs(jobs, MINUTE, reads, JobKey.NAME))
                .containsExactly(moment(10, Map.of("cp", 1.0, "dd", 15.0)));
        assertThat(Timeline.ofJobs(jobs, MINUTE, reads, JobKey.USER))
                .containsExactly(moment(10, Map.of("0", 11.0, "500", 5.0)));
        assertThat(Timeline.ofJobs(jobs, MINUTE, reads, JobKey.of("queue")))
                .containsExactly(moment(10, Map.of("cp.0", 1.0, "dd.0", 10.0, "dd.500", 5.0)));
    }

    @Test
    void idsOfSchedulersHaveNoName() {
        Selection.OfJobs reads = new Selection.OfJobs("read_bytes");
        assertThat(JobKey.NAME.of(reads, "job_read_bytes_4711")).isEqualTo("4711");
        assertThat(JobKey.USER.of(reads, "job_read_bytes_77.server")).isEqualTo("77.server");
        assertThat(JobKey.NAME.of(reads, "job_read_bytes_python3.11.1000")).isEqualTo("python3.11");
    }

    /** @param points seconds and value in turn */
    static MeasuredSeries series(String name, SeriesType type, double... points) {
        List<Point> list = new ArrayList<>();
        for (int i = 0; i < points.length; i += 2) {
            list.add(Point.reading((long) (points[i] * 1000), points[i + 1]));
        }
        return new MeasuredSeries(name, type, list);
    }

    static Moment moment(long seconds, Map<String, Double> values) {
        return new Moment(seconds * 1000, new java.util.TreeMap<>(values));
    }
}
