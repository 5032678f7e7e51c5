package io.burnish.agent.channel;

import io.burnish.contracts.agent.SampleBatch;
import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.agent.SampleBatch.SeriesType;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Samplings that the hub has not stored yet, in memory. One at a time is under way: the next one goes when the hub says that it is stored,
 * so they arrive in order, and a hub whose Kafka is away holds one of each agent. One whose connection ends is sent again under its number.
 *
 * <p>Bounds: a number of samplings, and {@value #MOST_READINGS} readings, which are 16 MB; the oldest go first and are counted. What a
 * reading is called is kept once for all samplings that follow each other with the same names. Not thread-safe.
 */
final class SampleSpool {

    private static final int MOST_READINGS = 2_000_000;
    private static final long NONE = 0;

    private final int most;
    private final Deque<Sampling> waiting = new ArrayDeque<>();
    private List<Series> names = List.of();
    private int readings;
    private long sequence;
    private long underWay = NONE;
    private long dropped;
    private Instant lastDropped;

    SampleSpool(int most) {
        this.most = most;
    }

    /** Samplings that nobody will see, and when the last of them was taken. */
    record Dropped(long samplings, Instant last) {}

    private record Series(String target, String name, SeriesType type) {}

    private record Sampling(long sequence, Instant takenAt, List<Series> names, double[] values) {

        List<Sample> samples() {
            List<Sample> samples = new ArrayList<>(values.length);
            for (int i = 0; i < values.length; i++) {
                Series series = names.get(i);
                samples.add(new Sample(series.target(), series.name(), series.type(), values[i]));
            }
            return samples;
        }
    }

    void add(Instant takenAt, List<Sample> samples) {
        List<Series> own = samples.stream()
                .map(sample -> new Series(sample.target(), sample.name(), sample.type()))
                .toList();
        names = own.equals(names) ? names : own;
        double[] values = samples.stream().mapToDouble(Sample::value).toArray();
        waiting.add(new Sampling(++sequence, takenAt, names, values));
        readings += values.length;
        while (waiting.size() > most || (readings > MOST_READINGS && waiting.size() > 1)) {
            lastDropped = waiting.getFirst().takenAt();
            dropped++;
            removeOldest();
        }
    }

    /** The oldest, which is under way from now on; empty if there is none, or one is under way. */
    Optional<SampleBatch> next(long hostId, String epoch) {
        if (underWay != NONE || waiting.isEmpty()) {
            return Optional.empty();
        }
        Sampling oldest = waiting.getFirst();
        underWay = oldest.sequence();
        return Optional.of(new SampleBatch(hostId, epoch, underWay, oldest.takenAt(), oldest.samples()));
    }

    /** The hub has stored that one. */
    void stored(long stored) {
        if (stored == underWay) {
            underWay = NONE;
            // it may have been dropped meanwhile
            if (!waiting.isEmpty() && waiting.getFirst().sequence() == stored) {
                removeOldest();
            }
        }
    }

    /** The connection is gone: what was under way is to be sent again. */
    void again() {
        underWay = NONE;
    }

    /** What has been dropped since this was asked last. */
    Optional<Dropped> takeDropped() {
        if (dropped == 0) {
            return Optional.empty();
        }
        Dropped all = new Dropped(dropped, lastDropped);
        dropped = 0;
        return Optional.of(all);
    }

    private void removeOldest() {
        readings -= waiting.removeFirst().values().length;
    }
}
