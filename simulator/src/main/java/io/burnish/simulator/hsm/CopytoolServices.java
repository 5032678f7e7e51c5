package io.burnish.simulator.hsm;

import io.burnish.agent.copytool.CopytoolMonitor;
import io.burnish.agent.system.HostSystem;
import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Machine;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processes behind a virtual server's copytool services: the agent's own monitor, and copytools. */
public final class CopytoolServices {

    private static final System.Logger LOG = System.getLogger(CopytoolServices.class.getName());
    private static final String COPYTOOL = "chroma-copytool-";
    private static final String MONITOR = COPYTOOL + "monitor-";

    private final Lab lab;
    private final Machine machine;
    private final HostSystem host;
    private final Fifos fifos;
    private final Vertx vertx;
    private final Map<String, Thread> processes = new HashMap<>();

    /** Those of a server. */
    public CopytoolServices(Lab lab, Machine machine, HostSystem host, Fifos fifos, Vertx vertx) {
        this.lab = lab;
        this.machine = machine;
        this.host = host;
        this.fifos = fifos;
        this.vertx = vertx;
    }

    /** Whether a unit is one of them. */
    public static boolean concerns(String unit) {
        return unit.startsWith(COPYTOOL);
    }

    /** Starts what is active and ends what is not; returns when that is done. */
    public synchronized void settle() throws InterruptedException {
        List<String> active = lab.look(
                () -> machine.active.stream().filter(CopytoolServices::concerns).toList());
        for (String unit : new ArrayList<>(processes.keySet())) {
            if (!active.contains(unit)) {
                Thread process = processes.remove(unit);
                process.interrupt();
                process.join();
            }
        }
        for (String unit : active) {
            if (!processes.containsKey(unit)) {
                processes.put(
                        unit,
                        Thread.ofVirtual().name(unit).start(unit.startsWith(MONITOR) ? monitor(unit) : copytool(unit)));
            }
        }
    }

    private Runnable monitor(String unit) {
        return () -> {
            try {
                CopytoolMonitor.run(host, vertx, unit.substring(MONITOR.length()));
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, unit + " on " + machine.fqdn + " has ended: " + e);
            }
        };
    }

    /** A copytool whose file system is not mounted ends at once. */
    private Runnable copytool(String unit) {
        Optional<Mover> mover = lab.look(() -> Mover.of(machine, unit));
        return mover.<Runnable>map(found -> new CopytoolProcess(lab, machine, found, fifos))
                .orElse(() -> lab.change(() -> machine.active.remove(unit)));
    }
}
