package io.burnish.metrics.intake;

import io.burnish.contracts.agent.SampleBatch.SeriesType;
import io.burnish.contracts.model.ObjectRef;
import java.util.SortedMap;

/**
 * The readings of one object at one time, by series.
 *
 * @param takenAt milliseconds since the epoch
 */
record Sampling(ObjectRef object, long takenAt, SortedMap<String, Reading> readings) {

    /** A reading of a series. */
    record Reading(SeriesType type, double value) {}
}
