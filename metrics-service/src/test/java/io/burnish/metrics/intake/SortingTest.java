package io.burnish.metrics.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.burnish.contracts.agent.SampleBatch;
import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.agent.SampleBatch.SeriesType;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.TargetKind;
import io.burnish.metrics.intake.SampleOwners.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which samples are kept, of which object, and at which time. */
class SortingTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:20:10.311Z");

    private final Sorting sorting = new Sorting(
            new SampleOwners(
                    Set.of(66L),
                    Map.of(
                            "scratch-OST0000",
                            List.of(Candidate.of(target(31, 2, 3, 9L)), Candidate.of(target(30, 1, 2, null)))),
                    Set.of("storage_resource:9")),
            NOW);

    @Test
    void onlyTheManagerMeasuresStorageResources() {
        sorting.add(batch(SampleBatch.MANAGER, NOW, gauge("storage_resource:9", "rx_bytes")), NOW);
        sorting.add(batch(SampleBatch.MANAGER, NOW, gauge("storage_resource:10", "rx_bytes"), gauge(null, "x")), NOW);
        sorting.add(batch(1, NOW, gauge("storage_resource:9", "forged")), NOW);
        assertThat(sorting.samplings())
                .extracting(Sampling::object)
                .containsExactly(ObjectRef.parse("storage_resource:9"));
        assertThat(sorting.discarded()).containsEntry(Discarded.UNKNOWN_OBJECT, 3);
    }

    @Test
    void samplesGoToTheirServerAndToTheTargetThatItCanRun() {
        sorting.add(batch(1, NOW, gauge(null, "mem_MemFree"), gauge("scratch-OST0000", "kbytesfree")), NOW);
        assertThat(sorting.samplings())
                .extracting(Sampling::object)
                .containsExactlyInAnyOrder(ObjectRef.host(1), ObjectRef.target(30));
        assertThat(sorting.discarded()).isEmpty();
    }

    @Test
    void targetThatRunsOnAServerWithoutAMountIsKnownThere() {
        sorting.add(batch(9, NOW, gauge("scratch-OST0000", "kbytesfree")), NOW);
        assertThat(sorting.samplings()).extracting(Sampling::object).containsExactly(ObjectRef.target(31));
    }

    @Test
    void samplesOfUnknownTargetsAndRemovedServersAreDiscarded() {
        sorting.add(batch(1, NOW, gauge("other-OST0000", "kbytesfree"), gauge("MGS", "num_exports")), NOW);
        sorting.add(batch(7, NOW, gauge("scratch-OST0000", "kbytesfree")), NOW);
        sorting.add(batch(66, NOW, gauge(null, "mem_MemFree")), NOW);
        assertThat(sorting.samplings()).isEmpty();
        assertThat(sorting.discarded()).containsExactly(entry(Discarded.UNKNOWN_OBJECT, 4));
    }

    @Test
    void whatIsNoReadingIsDiscarded() {
        sorting.add(
                batch(
                        1,
                        NOW,
                        gauge(null, ""),
                        gauge(null, "a\0b"),
                        gauge(null, "x".repeat(251)),
                        new Sample(null, "x", null, 1),
                        new Sample(null, "x", SeriesType.GAUGE, Double.NaN)),
                NOW);
        assertThat(sorting.samplings()).isEmpty();
        assertThat(sorting.discarded()).containsExactly(entry(Discarded.MALFORMED, 5));
    }

    @Test
    void lateSamplesKeepTheirTimeUntilTheirHourMayBeGone() {
        Instant late = NOW.minus(Duration.ofHours(23));
        sorting.add(batch(1, late, gauge(null, "x")), NOW);
        sorting.add(batch(1, NOW.minus(Duration.ofHours(25)), gauge(null, "x")), NOW);
        assertThat(sorting.samplings()).extracting(Sampling::takenAt).containsExactly(late.toEpochMilli());
        assertThat(sorting.discarded()).containsExactly(entry(Discarded.TOO_OLD, 1));
    }

    @Test
    void clockThatIsAheadIsNotBelieved() {
        Instant sent = NOW.minusSeconds(1);
        sorting.add(batch(1, sent.plusSeconds(59), gauge(null, "x")), sent);
        sorting.add(batch(2, sent.plusSeconds(3600), gauge(null, "x")), sent);
        assertThat(sorting.samplings())
                .extracting(Sampling::takenAt)
                .containsExactly(sent.plusSeconds(59).toEpochMilli(), sent.toEpochMilli());
    }

    private static SampleBatch batch(long host, Instant takenAt, Sample... samples) {
        return new SampleBatch(host, "e1", 1, takenAt, List.of(samples));
    }

    private static Sample gauge(String target, String name) {
        return new Sample(target, name, SeriesType.GAUGE, 1);
    }

    private static TargetFact target(long id, long primary, long secondary, Long active) {
        return new TargetFact(
                id,
                1,
                "mounted",
                false,
                "scratch-OST0000",
                TargetKind.OST,
                0,
                1L,
                id,
                "ha",
                active,
                List.of(new TargetFact.Mount(1, primary, 1, true), new TargetFact.Mount(2, secondary, 2, false)),
                0,
                0);
    }
}
