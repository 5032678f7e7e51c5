package io.burnish.simulator;

import io.burnish.simulator.control.ControlApi;
import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.power.FenceScripts;
import io.burnish.simulator.server.Rack;
import io.burnish.simulator.ssh.SshDoors;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A laboratory of virtual Lustre servers: {@code mds1}, {@code mds2}, {@code oss1}, {@code oss2} and so on, in pairs.
 *
 * <p>Environment: {@code BURNISH_SIM_DATA} (directory, default {@code simulator-data}), {@code BURNISH_SIM_PORT} (control interface,
 * default any), {@code BURNISH_SIM_PAIRS} (default 2, when the directory is new),
 * {@code BURNISH_SIM_WORKERS} (servers without LUNs: {@code worker1} and so on; default 1, when the directory is new), {@code BURNISH_SIM_PASSWORD} (of root, default
 * {@code lustre}), {@code BURNISH_SIM_DURABLE} (default true; false, for measuring: neither the laboratory nor the agents' journals are
 * forced to the disk, so that servers that would have a disk each do not wait for one). The SSH addresses are written to
 * {@code ssh-hosts.json} in the directory, fence agents for the manager into its directory {@code fence-agents}: they reach the units
 * 10.73.11.1 and 10.73.11.2 (apc/apc; outlet n of both feeds the nth server) and the BMCs 10.73.12.n (root/calvin).
 */
public final class SimulatorMain {

    private SimulatorMain() {}

    /** Runs until it is killed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Logger.getLogger("org.apache.sshd").setLevel(Level.WARNING);
        Map<String, String> environment = System.getenv();
        Path directory = Path.of(environment.getOrDefault("BURNISH_SIM_DATA", "simulator-data"))
                .toAbsolutePath();
        Lab lab = Lab.open(
                directory,
                Integer.parseInt(environment.getOrDefault("BURNISH_SIM_PAIRS", "2")),
                Integer.parseInt(environment.getOrDefault("BURNISH_SIM_WORKERS", "1")),
                Boolean.parseBoolean(environment.getOrDefault("BURNISH_SIM_DURABLE", "true")));
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4));
        Rack rack = new Rack(lab, directory, vertx);
        SshDoors.open(rack, directory, environment.getOrDefault("BURNISH_SIM_PASSWORD", "lustre"), vertx);
        rack.resume();
        ControlApi control = ControlApi.open(rack, Integer.parseInt(environment.getOrDefault("BURNISH_SIM_PORT", "0")));
        FenceScripts.write(directory, control.port());
        System.out.println("READY simulator http://127.0.0.1:" + control.port() + "/ with "
                + rack.servers().size() + " servers");
        new CountDownLatch(1).await();
    }
}
