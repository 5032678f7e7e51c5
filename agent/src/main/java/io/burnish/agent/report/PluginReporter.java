package io.burnish.agent.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.AgentTimings;
import io.burnish.agent.Life;
import io.burnish.agent.command.Commands;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.agent.FromAgent;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Polls one plug-in while there is a connection, and reports: everything after each connect, when asked to, and every so many cycles;
 * what has changed otherwise. The sequence grows by one with each report of this life.
 */
final class PluginReporter implements Runnable {

    private static final System.Logger LOG = System.getLogger(PluginReporter.class.getName());

    private final Plugin plugin;
    private final HostSystem host;
    private final String epoch;
    private final AgentTimings.Reports timings;
    private final Consumer<FromAgent.Report> out;
    private final Commands commands;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean connected;
    private boolean fullWanted = true;
    private boolean lastFailed;
    private ObjectNode last;
    private long sequence;
    private int cycle;
    private String lastProblem = "";

    PluginReporter(
            Plugin plugin,
            HostSystem host,
            String epoch,
            AgentTimings.Reports timings,
            Consumer<FromAgent.Report> out) {
        this.plugin = plugin;
        this.host = host;
        this.epoch = epoch;
        this.timings = timings;
        this.out = out;
        this.commands = Commands.unrecorded(host, timings.command());
    }

    Plugin plugin() {
        return plugin;
    }

    Commands commands() {
        return commands;
    }

    /** There is a connection: everything is to be reported. */
    void connected() {
        change(() -> {
            connected = true;
            fullWanted = true;
        });
    }

    /** There is none: nobody to report to. */
    void disconnected() {
        change(() -> connected = false);
    }

    /** Report everything soon. */
    void reportFully() {
        change(() -> fullWanted = true);
    }

    @Override
    public void run() {
        try {
            while (true) {
                boolean full = awaitTurn();
                if (plugin.applies()) {
                    report(full);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Life.LifeEndedException e) {
            LOG.log(System.Logger.Level.DEBUG, "no more reports of {0}", plugin.name());
        }
    }

    /** Waits until it is time for the next look; returns whether everything is wanted. */
    private boolean awaitTurn() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timings.poll().toNanos();
            while (!connected || !fullWanted && left > 0) {
                if (connected) {
                    left = changed.awaitNanos(left);
                } else {
                    changed.await();
                }
            }
            cycle++;
            boolean full = fullWanted || lastFailed || cycle % timings.fullEvery() == 0;
            fullWanted = false;
            return full;
        } finally {
            lock.unlock();
        }
    }

    private void report(boolean full) throws InterruptedException {
        try {
            Optional<ObjectNode> seen = plugin.poll(commands, full);
            if (seen.isPresent()) {
                send(seen.get(), full || last == null);
            } else if (plugin.reportsConstancy() && last != null) {
                send(last, false);
            }
            lastProblem = "";
            lastFailed = false;
        } catch (Life.LifeEndedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void send(ObjectNode body, boolean full) {
        ObjectNode significant = plugin.significant(body);
        ObjectNode changes = full ? body : Delta.between(plugin.significant(last), significant, body);
        last = body;
        if (full || !changes.isEmpty() || plugin.reportsConstancy()) {
            out.accept(new FromAgent.Report(plugin.name(), epoch, ++sequence, host.now(), full, changes));
        }
    }

    /** A look that failed says nothing; the next one is complete, since its predecessor may have been half done. */
    private void failed(Exception cause) {
        String problem = cause.toString();
        if (!problem.equals(lastProblem)) {
            LOG.log(System.Logger.Level.WARNING, "plug-in " + plugin.name() + " cannot look at the server", cause);
            lastProblem = problem;
        }
        lastFailed = true;
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
