package io.burnish.simulator.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.simulator.lab.Cluster;
import io.burnish.simulator.lab.Lun;
import io.burnish.simulator.lab.Machine;
import io.burnish.simulator.load.ServerLoad;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What Pacemaker does by itself: it runs each wanted resource on one online node, the one with the best score if it has to choose, and
 * stops what is not wanted. A node that lost its power is fenced: its mounts are gone.
 */
public final class Pacemaker {

    private Pacemaker() {}

    static void settle(Invocation call) {
        settle(call.lab(), call.machine().pair);
    }

    /** Brings the cluster of a pair to rest. */
    public static void settle(io.burnish.simulator.lab.Lab lab, String pair) {
        Cluster cluster = lab.state().clusters.get(pair);
        List<Machine> online = lab.pair(pair).stream()
                .filter(machine -> machine.poweredOn && machine.active.contains("pacemaker"))
                .toList();
        cluster.resources.forEach((label, resource) -> settle(lab, cluster, online, label, resource));
    }

    private static void settle(
            io.burnish.simulator.lab.Lab lab,
            Cluster cluster,
            List<Machine> online,
            String label,
            Cluster.Resource resource) {
        Optional<Machine> target = resource.wanted ? choose(cluster, online, label, resource) : Optional.empty();
        String node = target.map(machine -> machine.fqdn).orElse(null);
        if (resource.node != null && !resource.node.equals(node)) {
            unmount(lab, resource.node, resource.uuid);
            resource.node = null;
        }
        if (node != null && resource.node == null) {
            resource.failed = !start(lab, target.get(), resource);
            resource.node = resource.failed ? null : node;
        }
    }

    private static Optional<Machine> choose(
            Cluster cluster, List<Machine> online, String label, Cluster.Resource resource) {
        Optional<Machine> moved =
                online.stream().filter(m -> m.fqdn.equals(resource.moved)).findFirst();
        if (moved.isPresent()) {
            return moved;
        }
        Optional<Machine> present =
                online.stream().filter(m -> m.fqdn.equals(resource.node)).findFirst();
        return present.isPresent()
                ? present
                : online.stream().max(Comparator.comparingInt(machine -> score(cluster, label, machine)));
    }

    private static int score(Cluster cluster, String label, Machine machine) {
        return cluster.locations.values().stream()
                .filter(location ->
                        location.resource().equals(label) && location.node().equals(machine.fqdn))
                .mapToInt(Cluster.Location::score)
                .sum();
    }

    private static boolean start(io.burnish.simulator.lab.Lab lab, Machine machine, Cluster.Resource resource) {
        String name = Base64.getUrlEncoder().encodeToString(resource.uuid.getBytes(StandardCharsets.UTF_8));
        String stored = machine.files.get("/var/lib/chroma/targets/" + name);
        if (stored == null) {
            return false;
        }
        JsonNode target = ContractJson.read(stored, JsonNode.class);
        return Mounts.mount(
                        new Invocation(lab, machine, List.of(), ""),
                        target.path("bdev").asText(),
                        target.path("mntpt").asText())
                .ok();
    }

    private static void unmount(io.burnish.simulator.lab.Lab lab, String node, String uuid) {
        for (Lun lun : lab.state().luns.values()) {
            if (uuid.equals(lun.uuid) && node.equals(lun.mountedOn)) {
                ServerLoad.ends(lab, lun, System.currentTimeMillis());
            }
        }
    }
}
