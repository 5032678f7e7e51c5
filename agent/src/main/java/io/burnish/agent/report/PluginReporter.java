package io.burnish.agent.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.AgentTimings;
import io.burnish.agent.Life;
import io.burnish.agent.command.Commands;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.agent.FromAgent;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ObjLongConsumer;
import java.util.stream.Collectors;

/**
 * Polls one plug-in while there is a connection, and reports: everything after each connect, when asked to, and every so many cycles;
 * what has changed otherwise. The sequence grows by one with each report of this life.
 *
 * <p>Plug-ins that report at each look tell a change twice: the manager lets the end of a job count for more than a look that began
 * before it, so what that look saw must be seen once more.
 */
final class PluginReporter implements Runnable {

    private static final System.Logger LOG = System.getLogger(PluginReporter.class.getName());

    private final Plugin plugin;
    private final HostSystem host;
    private final String epoch;
    private final AgentTimings.Reports timings;
    private final ObjLongConsumer<FromAgent.Report> out;
    private final Commands commands;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean connected;
    private boolean fullWanted = true;
    private boolean lastFailed;
    private ObjectNode last;
    private Set<String> news = Set.of();
    private long sequence;
    private int cycle;
    private String lastProblem = "";

    PluginReporter(
            Plugin plugin,
            HostSystem host,
            String epoch,
            AgentTimings.Reports timings,
            ObjLongConsumer<FromAgent.Report> out) {
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
            if (fullWanted) {
                // nobody may know what was reported before
                last = null;
                fullWanted = false;
            }
            return full;
        } finally {
            lock.unlock();
        }
    }

    private void report(boolean full) throws InterruptedException {
        long began = System.nanoTime();
        try {
            Optional<ObjectNode> seen = plugin.poll(commands, full);
            if (seen.isPresent()) {
                send(seen.get(), full || last == null, began);
            } else if (plugin.reportsConstancy() && last != null) {
                send(last, false, began);
            }
            lastProblem = "";
            lastFailed = false;
        } catch (Life.LifeEndedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void send(ObjectNode body, boolean full, long began) {
        ObjectNode known = last == null ? body.objectNode() : plugin.significant(last);
        ObjectNode changes = Delta.between(known, plugin.significant(body), body);
        Set<String> changed =
                changes.properties().stream().map(Map.Entry::getKey).collect(Collectors.toUnmodifiableSet());
        last = body;
        if (plugin.reportsConstancy()) {
            news.stream().filter(body::has).forEach(name -> changes.set(name, body.get(name)));
            news = changed;
        }
        if (full || !changes.isEmpty() || plugin.reportsConstancy()) {
            ObjectNode told = full ? body : changes;
            out.accept(new FromAgent.Report(plugin.name(), epoch, ++sequence, host.now(), 0, full, told), began);
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
