package io.burnish.metrics.query;

import static io.burnish.metrics.query.TimelineTest.moment;
import static io.burnish.metrics.query.TimelineTest.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.agent.SampleBatch.SeriesType;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.TargetKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Figures of a file system (monitoring 13). */
class FilesystemFiguresTest {

    private final Map<ObjectRef, TargetKind> targets = new LinkedHashMap<>();
    private final FilesystemFigures figures;

    FilesystemFiguresTest() {
        targets.put(ObjectRef.target(1), TargetKind.MDT);
        targets.put(ObjectRef.target(2), TargetKind.MDT);
        targets.put(ObjectRef.target(3), TargetKind.OST);
        targets.put(ObjectRef.target(4), TargetKind.OST);
        figures = new FilesystemFigures(new MeasuredObject.Filesystem(1, targets, Optional.empty()));
    }

    @Test
    void spaceIsTheOstsFilesAreTheMdtsAndEveryClientIsOne() {
        Map<String, List<MeasuredSeries>> found = Map.of(
                "target:1", measured(12, 5, 1000),
                "target:2", measured(12, 6, 1000),
                "target:3", measured(0, 7, 100),
                "target:4", measured(0, 8, 200));
        List<List<MeasuredSeries>> counted = figures.counted(found);
        assertThat(figures.latest(counted.stream().map(Timeline::latest).toList()))
                // monitoring 16, example 9: two MDTs that report 12 clients have 12
                .contains(moment(10, Map.of("client_count", 12.0, "filesfree", 11.0, "kbytesfree", 300.0)));
    }

    @Test
    void figuresWithoutDataAreAbsent() {
        assertThat(figures.latest(
                        figures.counted(Map.of()).stream().map(Timeline::latest).toList()))
                .isEmpty();
    }

    private static List<MeasuredSeries> measured(double clients, double files, double space) {
        return List.of(
                series("client_count", SeriesType.GAUGE, 10, clients),
                series("filesfree", SeriesType.GAUGE, 10, files),
                series("kbytesfree", SeriesType.GAUGE, 10, space));
    }
}
