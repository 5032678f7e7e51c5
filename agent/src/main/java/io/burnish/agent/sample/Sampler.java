package io.burnish.agent.sample;

import io.burnish.agent.command.Commands;
import io.burnish.contracts.agent.SampleBatch.Sample;
import java.io.IOException;
import java.util.List;

/** A source of statistics; one of them failing does not keep the others from being sampled. */
@FunctionalInterface
public interface Sampler {

    /** The values now. */
    List<Sample> sample(Commands commands) throws InterruptedException, IOException;
}
