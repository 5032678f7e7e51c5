package io.burnish.agent.sample;

import io.burnish.agent.AgentTimings;
import io.burnish.agent.Life;
import io.burnish.agent.command.Commands;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.agent.SampleBatch.Sample;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes samples regularly, also while the hub is away. */
public final class SampleLoop implements Runnable {

    private static final System.Logger LOG = System.getLogger(SampleLoop.class.getName());

    private final List<Sampler> samplers;
    private final HostSystem host;
    private final AgentTimings.Reports timings;
    private final Life life;
    private final Sink sink;
    private String lastProblem = "";

    /** A loop that hands each sampling to a sink. */
    public SampleLoop(List<Sampler> samplers, HostSystem host, AgentTimings.Reports timings, Life life, Sink sink) {
        this.samplers = List.copyOf(samplers);
        this.host = host;
        this.timings = timings;
        this.life = life;
        this.sink = sink;
    }

    /** Takes the samples of one sampling. */
    @FunctionalInterface
    public interface Sink {
        /** Samples taken at a time of the server's clock. */
        void accept(Instant takenAt, List<Sample> samples);
    }

    @Override
    public void run() {
        Commands commands = Commands.unrecorded(host, timings.command());
        try {
            while (true) {
                Instant takenAt = host.now();
                List<Sample> samples = sample(commands);
                if (!samples.isEmpty()) {
                    sink.accept(takenAt, samples);
                }
                life.pause(timings.sample());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Life.LifeEndedException e) {
            LOG.log(System.Logger.Level.DEBUG, "no more samples");
        }
    }

    private List<Sample> sample(Commands commands) throws InterruptedException {
        List<Sample> samples = new ArrayList<>();
        for (Sampler sampler : samplers) {
            try {
                samples.addAll(sampler.sample(commands));
            } catch (Life.LifeEndedException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                if (!e.toString().equals(lastProblem)) {
                    LOG.log(System.Logger.Level.WARNING, "statistics cannot be read", e);
                    lastProblem = e.toString();
                }
            }
        }
        return samples;
    }
}
