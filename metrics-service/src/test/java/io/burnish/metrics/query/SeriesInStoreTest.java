package io.burnish.metrics.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.agent.SampleBatch.SeriesType;
import io.burnish.metrics.point.Level;
import io.burnish.metrics.point.Point;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Stored points and readings seen as one series. */
class SeriesInStoreTest {

    private static final long HOUR = Level.HOUR.floor(1_700_000_400_000L);
    private static final long END = HOUR + Level.DAY.step();

    private final SeriesInStore series = new SeriesInStore("kbytesfree", SeriesType.GAUGE);

    @Test
    void minuteIsShownWhenThereIsDataBeyondItsEnd() {
        series.addReadings(readings(0, 6));
        assertThat(minutes()).isEmpty();
        series.addReadings(readings(6, 1));
        assertThat(minutes()).containsExactly(new Point(HOUR, 15, 6));
    }

    @Test
    void readingInTwoPlacesCountsOnce() {
        series.addReadings(readings(0, 7));
        series.addReadings(readings(3, 4));
        assertThat(minutes()).containsExactly(new Point(HOUR, 15, 6));
        assertThat(series.points(Level.TEN_SECONDS, HOUR, END).points()).hasSize(7);
    }

    @Test
    void readingsOfAnHourReplaceWhatIsStoredOfIt() {
        series.addStored(
                List.of(new Point(HOUR - 60_000, 1, 1), new Point(HOUR, 99, 1), new Point(HOUR + 120_000, 99, 1)));
        series.addReadings(readings(0, 7));
        assertThat(series.points(Level.MINUTE, HOUR - 3_600_000, END).points())
                .containsExactly(new Point(HOUR - 60_000, 1, 1), new Point(HOUR, 15, 6));
    }

    @Test
    void lateReadingsOfAnEarlierHourHideNothing() {
        series.addStored(List.of(new Point(HOUR + 3_600_000, 5, 1)));
        series.addReadings(readings(0, 7));
        assertThat(minutes()).containsExactly(new Point(HOUR, 15, 6), new Point(HOUR + 3_600_000, 5, 1));
    }

    @Test
    void dayIsShownWhenAllItsHoursAreRolledUp() {
        long day = Level.DAY.floor(HOUR);
        series.addStored(List.of(new Point(day, 24, 24), new Point(day - Level.DAY.step(), 7, 7)));
        assertThat(series.points(Level.DAY, 0, END).points()).hasSize(2);
        series.addReadings(readings(0, 1));
        assertThat(series.points(Level.DAY, 0, END).points()).containsExactly(new Point(day - Level.DAY.step(), 7, 7));
    }

    @Test
    void readingsOfTenSecondsAreOnePoint() {
        series.addReadings(List.of(Point.reading(HOUR + 1, 10), Point.reading(HOUR + 9_999, 20)));
        assertThat(series.points(Level.TEN_SECONDS, HOUR, END).points()).containsExactly(new Point(HOUR, 30, 2));
        assertThat(series.newest().points()).containsExactly(new Point(HOUR, 30, 2));
    }

    @Test
    void rangeEndsBeforeItsEndAndMayBeEmpty() {
        series.addReadings(readings(0, 7));
        assertThat(series.points(Level.TEN_SECONDS, HOUR + 10_000, HOUR + 30_000)
                        .points())
                .extracting(Point::at)
                .containsExactly(HOUR + 10_000, HOUR + 20_000);
        assertThat(series.points(Level.TEN_SECONDS, HOUR + 10_000, HOUR).points())
                .isEmpty();
        assertThat(series.points(Level.MINUTE, HOUR + 10_000, HOUR).points()).isEmpty();
    }

    private List<Point> minutes() {
        return series.points(Level.MINUTE, HOUR, END).points();
    }

    /** Values 0, 1, 2 … each ten seconds. */
    private static List<Point> readings(int from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(i -> Point.reading(HOUR + i * 10_000, i))
                .toList();
    }
}
