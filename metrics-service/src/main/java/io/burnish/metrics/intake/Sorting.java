package io.burnish.metrics.intake;

import io.burnish.contracts.agent.SampleBatch;
import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.metrics.point.Layout;
import io.burnish.metrics.point.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sorts batches of servers into samplings of objects. A pure function of the batch, when the hub sent it, and what is known: a batch that
 * comes again gives the same samplings.
 */
final class Sorting {

    /** A server whose clock is further ahead than this is not believed: the hub's time counts. */
    static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private static final int LONGEST_NAME = 250;

    private final SampleOwners owners;
    private final Instant now;
    private final List<Sampling> samplings = new ArrayList<>();
    private final Map<Discarded, Integer> discarded = new EnumMap<>(Discarded.class);

    private record Kind(ObjectRef object, boolean ofJobs) {}

    Sorting(SampleOwners owners, Instant now) {
        this.owners = owners;
        this.now = now;
    }

    /** Sorts a batch. */
    void add(SampleBatch batch, Instant sentAt) {
        Instant takenAt = batch.takenAt() == null || batch.takenAt().isAfter(sentAt.plus(CLOCK_TOLERANCE))
                ? sentAt
                : batch.takenAt();
        List<Sample> samples = batch.samples() == null ? List.of() : batch.samples();
        if (takenAt.toEpochMilli() < Level.TEN_SECONDS.keptSince(now)) {
            discard(Discarded.TOO_OLD, samples.size());
            return;
        }
        Map<Kind, Sampling> byKind = new HashMap<>();
        Map<String, Optional<ObjectRef>> objects = new HashMap<>();
        for (Sample sample : samples) {
            Optional<ObjectRef> object =
                    objects.computeIfAbsent(sample.target(), target -> owners.of(batch.hostId(), target));
            if (object.isEmpty()) {
                discard(Discarded.UNKNOWN_OBJECT, 1);
            } else if (!wellFormed(sample)) {
                discard(Discarded.MALFORMED, 1);
            } else {
                byKind.computeIfAbsent(
                                new Kind(object.get(), Layout.isOfJob(sample.name())),
                                kind -> new Sampling(
                                        kind.object(), kind.ofJobs(), takenAt.toEpochMilli(), new ArrayList<>()))
                        .samples()
                        .add(sample);
            }
        }
        samplings.addAll(byKind.values());
    }

    /** What is to be stored. */
    List<Sampling> samplings() {
        return samplings;
    }

    /** How many samples are not kept, and why. */
    Map<Discarded, Integer> discarded() {
        return discarded;
    }

    private void discard(Discarded reason, int samples) {
        discarded.merge(reason, samples, Integer::sum);
    }

    private static boolean wellFormed(Sample sample) {
        String name = sample.name();
        return name != null
                && !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.indexOf('\0') < 0
                && sample.type() != null
                && Double.isFinite(sample.value());
    }
}
