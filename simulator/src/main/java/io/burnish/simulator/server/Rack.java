package io.burnish.simulator.server;

import io.burnish.agent.Agent;
import io.burnish.agent.AgentSettings;
import io.burnish.agent.AgentTimings;
import io.burnish.simulator.lab.Faults;
import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Lun;
import io.burnish.simulator.lab.Machine;
import io.burnish.simulator.load.ServerLoad;
import io.burnish.simulator.program.Pacemaker;
import io.burnish.simulator.program.Programs;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** All virtual servers of this process with their agents: powers them on and off, starts and kills agents. */
public final class Rack implements AutoCloseable {

    /** Waits of the agent are made for real hardware; virtual hardware is quicker. */
    private static final int FASTER = 5;

    private final Lab lab;
    private final Vertx vertx;
    private final Faults faults = new Faults();
    private final Map<String, VirtualServer> servers = new LinkedHashMap<>();
    private final Map<String, Agent> agents = new ConcurrentHashMap<>();

    /** Sets up the servers of a laboratory; agents' own files go below the directory. */
    public Rack(Lab lab, Path directory, Vertx vertx) throws IOException {
        this.lab = lab;
        this.vertx = vertx;
        Programs programs = new Programs();
        RingTools rings = new RingTools();
        for (Machine machine : lab.state().machines.values()) {
            Path state = directory.resolve("agents").resolve(machine.fqdn);
            Files.createDirectories(state);
            VirtualServer server = new VirtualServer(lab, machine, programs, faults, state, rings, vertx);
            server.controlledBy(
                    () -> {
                        killAgent(machine.fqdn);
                        Thread.ofVirtual().start(() -> startAgent(machine.fqdn));
                    },
                    () -> Thread.ofVirtual().start(() -> restartAgent(machine.fqdn)),
                    () -> Thread.ofVirtual().start(() -> reboot(machine.fqdn)));
            servers.put(machine.fqdn, server);
        }
    }

    /** Starts the agents and services that ran when the process ended. */
    public void resume() {
        servers.values().forEach(VirtualServer::settleServices);
        servers.values().stream()
                .filter(server -> server.machine().poweredOn && server.machine().agentRuns)
                .forEach(server -> startAgent(server.machine().fqdn));
    }

    /** The server of that name, full or short. */
    public Optional<VirtualServer> server(String name) {
        return servers.values().stream()
                .filter(server -> server.machine().fqdn.equals(name)
                        || server.machine().nodename.equals(name))
                .findFirst();
    }

    /** All servers. */
    public List<VirtualServer> servers() {
        return List.copyOf(servers.values());
    }

    /** What shall go wrong. */
    public Faults faults() {
        return faults;
    }

    /** The laboratory. */
    public Lab lab() {
        return lab;
    }

    /** Whether an agent runs there. */
    public boolean agentRuns(String fqdn) {
        return agents.containsKey(fqdn);
    }

    /** Starts the agent of a registered server; nothing happens if it runs. */
    public synchronized void startAgent(String fqdn) {
        VirtualServer server = servers.get(fqdn);
        Optional<AgentSettings> settings = AgentSettings.registered(server);
        if (agents.containsKey(fqdn) || settings.isEmpty() || !server.machine().poweredOn) {
            return;
        }
        try {
            Agent agent = Agent.start(
                    server,
                    settings.get().with(AgentTimings.real().faster(FASTER)).withSyncJournal(lab.durable()),
                    vertx);
            agents.put(fqdn, agent);
            agent.exited().thenRun(() -> agents.remove(fqdn, agent));
        } catch (IOException e) {
            throw new UncheckedIOException("the agent of " + fqdn + " does not start", e);
        }
        lab.change(() -> server.machine().agentRuns = true);
    }

    /** Ends the agent as {@code kill -9} does. */
    public synchronized void killAgent(String fqdn) {
        Agent agent = agents.remove(fqdn);
        if (agent != null) {
            agent.kill();
        }
    }

    /** Ends the agent for good, until it is started again. */
    public void stopAgent(String fqdn) {
        killAgent(fqdn);
        lab.change(() -> servers.get(fqdn).machine().agentRuns = false);
    }

    /** What the service manager does. */
    public void restartAgent(String fqdn) {
        killAgent(fqdn);
        startAgent(fqdn);
    }

    /** The power goes: everything that ran there is gone, the other server of the pair takes over. */
    public void powerOff(String fqdn) {
        killAgent(fqdn);
        lab.change(() -> {
            Machine machine = servers.get(fqdn).machine();
            machine.poweredOn = false;
            machine.active.clear();
            machine.clientMounts.clear();
            machine.modules.clear();
            machine.lnetUp = false;
            for (Lun lun : lab.luns(machine)) {
                if (fqdn.equals(lun.mountedOn)) {
                    ServerLoad.ends(lab, lun, System.currentTimeMillis());
                }
            }
            lab.cluster(machine).resources.values().stream()
                    .filter(resource -> fqdn.equals(resource.node))
                    .forEach(resource -> resource.node = null);
            Pacemaker.settle(lab, machine.pair);
            return null;
        });
        servers.get(fqdn).settleServices();
    }

    /** The power comes back: another boot, with the services that are enabled. */
    public void powerOn(String fqdn) {
        Machine machine = servers.get(fqdn).machine();
        boolean agent = lab.change(() -> {
            machine.poweredOn = true;
            Programs.boot(machine);
            machine.bootId = UUID.randomUUID().toString();
            machine.bootedAt = System.currentTimeMillis() / 1000;
            machine.servedTransfers = 0;
            machine.servedCalls = 0;
            machine.active.addAll(machine.enabled);
            Pacemaker.settle(lab, machine.pair);
            return machine.agentRuns;
        });
        if (agent) {
            startAgent(fqdn);
        }
    }

    /** Off and on. */
    public void reboot(String fqdn) {
        powerOff(fqdn);
        powerOn(fqdn);
    }

    @Override
    public void close() {
        List.copyOf(agents.keySet()).forEach(this::killAgent);
    }
}
