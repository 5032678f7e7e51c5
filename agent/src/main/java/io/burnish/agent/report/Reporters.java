package io.burnish.agent.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.AgentTimings;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.agent.FromAgent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** All plug-ins of an agent, each polled on a virtual thread of its own. */
public final class Reporters {

    private final Map<String, PluginReporter> reporters = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    /** Reporters that hand their reports to {@code out}, each with the value of {@link System#nanoTime()} at which its look began. */
    public Reporters(
            List<Plugin> plugins,
            HostSystem host,
            String epoch,
            AgentTimings.Reports timings,
            ObjLongConsumer<FromAgent.Report> out) {
        for (Plugin plugin : plugins) {
            reporters.put(plugin.name(), new PluginReporter(plugin, host, epoch, timings, out));
        }
    }

    /** Begins polling. */
    public void start() {
        reporters.forEach((name, reporter) ->
                threads.add(Thread.ofVirtual().name("plugin-" + name).start(reporter)));
    }

    /** Ends polling. */
    public void stop() {
        threads.forEach(Thread::interrupt);
    }

    /** There is a connection: report everything. */
    public void connected() {
        reporters.values().forEach(PluginReporter::connected);
    }

    /** There is none: be silent. */
    public void disconnected() {
        reporters.values().forEach(PluginReporter::disconnected);
    }

    /** Report these plug-ins completely soon; an empty list means all, unknown names are ignored. */
    public void reportFully(List<String> names) {
        reporters.forEach((name, reporter) -> {
            if (names.isEmpty() || names.contains(name)) {
                reporter.reportFully();
            }
        });
    }

    /**
     * Looks with one plug-in now.
     *
     * @throws ActionFailedException if there is no such plug-in
     */
    ObjectNode scan(String name) throws InterruptedException, IOException {
        PluginReporter reporter = reporters.get(name);
        if (reporter == null) {
            throw new ActionFailedException("the agent has no plug-in '" + name + "', only " + reporters.keySet());
        }
        return reporter.plugin().scan(reporter.commands());
    }
}
