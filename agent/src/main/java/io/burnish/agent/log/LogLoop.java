package io.burnish.agent.log;

import io.burnish.agent.AgentTimings;
import io.burnish.agent.Life;
import io.burnish.agent.system.HostSystem;
import io.burnish.agent.system.HostSystem.JournalEntry;
import io.burnish.contracts.agent.LogBatch;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Reads the system's journal from its tail on (agent contract, 5.3). */
public final class LogLoop implements Runnable {

    private static final System.Logger LOG = System.getLogger(LogLoop.class.getName());
    private static final int AT_ONCE = 1024;

    private final HostSystem host;
    private final AgentTimings.Reports timings;
    private final Life life;
    private final Consumer<List<LogBatch.Line>> sink;
    private String lastProblem = "";

    /** A loop that hands lines to a sink, oldest first. */
    public LogLoop(HostSystem host, AgentTimings.Reports timings, Life life, Consumer<List<LogBatch.Line>> sink) {
        this.host = host;
        this.timings = timings;
        this.life = life;
        this.sink = sink;
    }

    @Override
    public void run() {
        try {
            while (true) {
                if (read() < AT_ONCE) {
                    life.pause(timings.logs());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Life.LifeEndedException e) {
            LOG.log(System.Logger.Level.DEBUG, "no more log lines");
        }
    }

    private int read() throws InterruptedException {
        try {
            List<JournalEntry> entries = host.journal(AT_ONCE);
            if (!entries.isEmpty()) {
                sink.accept(entries.stream().map(LogLoop::line).toList());
            }
            return entries.size();
        } catch (Life.LifeEndedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (!e.toString().equals(lastProblem)) {
                LOG.log(System.Logger.Level.WARNING, "the journal cannot be read", e);
                lastProblem = e.toString();
            }
            return 0;
        }
    }

    private static LogBatch.Line line(JournalEntry entry) {
        return new LogBatch.Line(entry.at(), entry.priority(), entry.facility(), entry.identifier(), entry.message());
    }
}
