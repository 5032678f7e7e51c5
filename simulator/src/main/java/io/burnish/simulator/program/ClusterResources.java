package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Cluster;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is changed of one resource or one node: {@code crm_resource} and {@code crm_attribute}. */
final class ClusterResources {

    private ClusterResources() {}

    static CommandResult resource(Invocation call) {
        Cluster cluster = call.cluster();
        String label = call.after("-r").or(() -> call.after("--resource")).orElse("");
        if (label.equals("st-fencing")) {
            return cluster.fencing
                    ? Program.ok("resource st-fencing is running on: x\n")
                    : ClusterPrograms.missing("Resource '" + label + "' not found");
        }
        Cluster.Resource resource = cluster.resources.get(label);
        if (resource == null) {
            return ClusterPrograms.missing("Resource '" + label + "' not found");
        }
        if (call.has("-g")) {
            return Program.ok(resource.uuid + "\n");
        }
        if (call.has("-p")) {
            resource.wanted = call.after("-v").orElse("").equals("Started");
            resource.failed = false;
            Pacemaker.settle(call);
            return Program.ok();
        }
        if (call.has("-a")) {
            return Program.ok(locations(cluster, label));
        }
        Optional<String> node = call.after("--node");
        if (call.has("--cleanup")) {
            resource.failed = false;
        } else if (call.has("--un-move") || call.has("--clear")) {
            resource.moved = null;
        } else if (call.has("--move")) {
            resource.moved = node.orElse(null);
            Pacemaker.settle(call);
        }
        return Program.ok();
    }

    private static String locations(Cluster cluster, String label) {
        StringBuilder text = new StringBuilder("* " + label + "\n");
        Map<String, Cluster.Location> sorted = new LinkedHashMap<>(cluster.locations);
        sorted.forEach((id, location) -> {
            if (location.resource().equals(label)) {
                text.append("  : Node %-30s (score=%d, id=%s)\n".formatted(location.node(), location.score(), id));
            }
        });
        return text.toString();
    }

    static CommandResult attribute(Invocation call) {
        Optional<String> node = call.after("-U").or(() -> call.after("-N"));
        Optional<String> name = call.after("-n");
        if (node.isPresent() && name.isPresent()) {
            Map<String, String> attributes =
                    call.cluster().nodeAttributes.computeIfAbsent(node.get(), ignored -> new LinkedHashMap<>());
            if (call.has("-D")) {
                attributes.remove(name.get());
            } else {
                attributes.put(name.get(), call.after("-v").orElse(""));
            }
        }
        return Program.ok();
    }
}
