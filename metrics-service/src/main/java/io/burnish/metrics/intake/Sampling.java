package io.burnish.metrics.intake;

import io.burnish.contracts.agent.SampleBatch.Sample;
import io.burnish.contracts.model.ObjectRef;
import java.util.List;

/**
 * The readings of one object at one time.
 *
 * @param ofJobs of its jobs; otherwise all others
 * @param takenAt milliseconds since the epoch
 */
record Sampling(ObjectRef object, boolean ofJobs, long takenAt, List<Sample> samples) {}
