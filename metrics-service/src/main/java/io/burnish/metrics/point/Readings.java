package io.burnish.metrics.point;

import io.burnish.contracts.agent.SampleBatch.Sample;
import java.nio.ByteBuffer;
import java.util.List;

/** The readings of a sampling, in the order of its {@link Layout}; the stored form is eight bytes of each. */
public final class Readings {

    private final ByteBuffer stored;

    /** Those of a stored form. */
    public Readings(byte[] stored) {
        this.stored = ByteBuffer.wrap(stored);
    }

    /** The stored form of the values of samples. */
    public static byte[] stored(List<Sample> samples) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * samples.size());
        for (Sample sample : samples) {
            bytes.putDouble(sample.value());
        }
        return bytes.array();
    }

    /** The reading of the series at that place of the layout. */
    public double get(int place) {
        return stored.getDouble(place * Double.BYTES);
    }
}
