package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Cluster;
import java.util.List;

/** {@code pcs}, for the members of a cluster. */
final class Pcs {

    private Pcs() {}

    static CommandResult run(Invocation call) {
        String line = String.join(" ", call.args());
        Cluster cluster = call.cluster();
        String fqdn = call.machine().fqdn;
        if (line.startsWith("cluster auth") || line.startsWith("host auth")) {
            return call.stdin().isBlank()
                    ? Program.failed(1, "Error: Unable to read password")
                    : Program.ok("Password: " + fqdn + ": Authorized\n");
        }
        if (line.startsWith("cluster setup")) {
            cluster.members.clear();
            cluster.members.add(fqdn);
            cluster.port = call.after("--mcastport0").map(Integer::valueOf).orElse(null);
            return Program.ok("Succeeded\n");
        }
        if (line.startsWith("cluster node add")) {
            if (!cluster.members.contains(call.last())) {
                cluster.members.add(call.last());
            }
            return Program.ok(call.last() + ": Corosync updated\n");
        }
        if (line.startsWith("status nodes corosync")) {
            List<String> up = call.lab().pair(call.machine().pair).stream()
                    .filter(machine -> machine.active.contains("corosync"))
                    .map(machine -> machine.fqdn)
                    .toList();
            return Program.ok("Corosync Nodes:\n Online: " + String.join(" ", up) + "\n Offline:\n");
        }
        if (line.startsWith("--force cluster node remove")) {
            cluster.members.remove(call.last());
            if (cluster.members.isEmpty()) {
                cluster.port = null;
            }
            return Program.ok(call.last() + ": Successfully destroyed cluster\n");
        }
        if (line.equals("cluster destroy")) {
            cluster.members.remove(fqdn);
            return Program.ok();
        }
        return Program.failed(1, "Usage: pcs [-f file] [-h] [commands]...");
    }
}
