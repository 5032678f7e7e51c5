package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Cluster;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs of Corosync and Pacemaker, over the cluster of the machine's pair. */
final class ClusterPrograms {

    private static final int NOT_CONNECTED = 102;
    private static final int NO_SUCH_OBJECT = 105;
    private static final int EXISTS = 108;
    private static final Pattern ATTRIBUTE = Pattern.compile("([\\w-]+)=\"([^\"]*)\"");
    private static final DateTimeFormatter UPDATED =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT);

    private ClusterPrograms() {}

    static void addTo(Map<String, Program> programs) {
        programs.put("pcs", ClusterPrograms::pcs);
        programs.put("cibadmin", connected(ClusterPrograms::cibadmin));
        programs.put("crm_mon", connected(ClusterPrograms::monitor));
        programs.put("crm_node", connected(ClusterPrograms::node));
        programs.put("crm_resource", connected(ClusterPrograms::resource));
        programs.put("crm_attribute", connected(ClusterPrograms::attribute));
    }

    private static Program connected(Program program) {
        return call -> call.machine().active.contains("pacemaker")
                ? program.run(call)
                : Program.failed(NOT_CONNECTED, "Could not connect to the CIB: Transport endpoint is not connected");
    }

    private static CommandResult pcs(Invocation call) {
        String line = String.join(" ", call.args());
        Cluster cluster = call.cluster();
        String fqdn = call.machine().fqdn;
        if (line.startsWith("cluster auth") || line.startsWith("host auth")) {
            return Program.ok(fqdn + ": Authorized\n");
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

    private static CommandResult cibadmin(Invocation call) {
        Cluster cluster = call.cluster();
        if (call.has("--query") || call.has("-Q")) {
            return Program.ok(query(call, cluster));
        }
        String xml = call.after("-X").orElseGet(() -> call.after("-x")
                .map(file -> call.machine().files.getOrDefault(file, ""))
                .orElse(""));
        if (call.has("-f") && call.has("-E")) {
            cluster.resources.clear();
            cluster.locations.clear();
            cluster.fencing = false;
            return Program.ok();
        }
        if (call.has("--create") || call.has("-C")) {
            return create(cluster, xml);
        }
        if (call.has("--delete") || call.has("-D")) {
            return delete(call, cluster, xml);
        }
        if (call.has("--modify")) {
            Matcher pair =
                    Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"").matcher(xml);
            while (pair.find()) {
                cluster.options.put(pair.group(1), pair.group(2));
            }
            return Program.ok();
        }
        return Program.failed(1, "cibadmin: unknown arguments " + call.args());
    }

    private static CommandResult create(Cluster cluster, String xml) {
        Map<String, String> attributes = attributes(xml);
        if (xml.contains("fence_chroma")) {
            if (cluster.fencing) {
                return Program.failed(EXISTS, "Call cib_create failed (-76): Name not unique on network");
            }
            cluster.fencing = true;
            return Program.ok();
        }
        String id = attributes.get("id");
        if (xml.contains("<rsc_location")) {
            if (cluster.locations.containsKey(id)) {
                return Program.failed(EXISTS, "Call cib_create failed (-76): Name not unique on network");
            }
            cluster.locations.put(
                    id,
                    new Cluster.Location(
                            attributes.get("rsc"), attributes.get("node"), Integer.parseInt(attributes.get("score"))));
            return Program.ok();
        }
        if (cluster.resources.containsKey(id)) {
            return Program.failed(EXISTS, "Call cib_create failed (-76): Name not unique on network");
        }
        Cluster.Resource resource = new Cluster.Resource();
        Matcher uuid = Pattern.compile("name=\"target\"\\s+value=\"([^\"]+)\"|value=\"([^\"]+)\"\\s+name=\"target\"")
                .matcher(xml);
        if (uuid.find()) {
            resource.uuid = uuid.group(1) != null ? uuid.group(1) : uuid.group(2);
        }
        resource.wanted = !Pattern.compile("target-role\"\\s+value=\"Stopped")
                        .matcher(xml)
                        .find()
                && !xml.contains("value=\"Stopped\"");
        cluster.resources.put(id, resource);
        return Program.ok();
    }

    /** Attributes of the first element. */
    private static Map<String, String> attributes(String xml) {
        Map<String, String> found = new HashMap<>();
        int end = xml.indexOf('>');
        Matcher attribute = ATTRIBUTE.matcher(end < 0 ? xml : xml.substring(0, end));
        while (attribute.find()) {
            found.put(attribute.group(1), attribute.group(2));
        }
        return found;
    }

    private static CommandResult delete(Invocation call, Cluster cluster, String xml) {
        String id = attributes(xml).getOrDefault("id", "");
        if (xml.contains("fence_chroma")) {
            boolean was = cluster.fencing;
            cluster.fencing = false;
            return was ? Program.ok() : missing();
        }
        if (xml.contains("<rsc_location")) {
            return cluster.locations.remove(id) != null ? Program.ok() : missing();
        }
        if (xml.contains("<primitive")) {
            Cluster.Resource resource = cluster.resources.get(id);
            if (resource == null) {
                return missing();
            }
            resource.wanted = false;
            Pacemaker.settle(call);
            cluster.resources.remove(id);
            return Program.ok();
        }
        return Program.ok();
    }

    private static CommandResult missing() {
        return Program.failed(NO_SUCH_OBJECT, "Call cib_delete failed (-6): No such device or address");
    }

    private static String query(Invocation call, Cluster cluster) {
        StringBuilder resources = new StringBuilder();
        if (cluster.fencing) {
            resources.append("<primitive class=\"stonith\" id=\"st-fencing\" type=\"fence_chroma\"/>");
        }
        cluster.resources.forEach((label, resource) -> resources.append(
                "<primitive class=\"ocf\" provider=\"chroma\" type=\"Target\" id=\"%s\"><instance_attributes id=\"%s-instance_attributes\"><nvpair id=\"%s-target\" name=\"target\" value=\"%s\"/></instance_attributes></primitive>"
                        .formatted(label, label, label, resource.uuid)));
        StringBuilder constraints = new StringBuilder();
        cluster.locations.forEach(
                (id, location) -> constraints.append("<rsc_location id=\"%s\" node=\"%s\" rsc=\"%s\" score=\"%d\"/>"
                        .formatted(id, location.node(), location.resource(), location.score())));
        if (call.has("constraints")) {
            return "<constraints>" + constraints + "</constraints>\n";
        }
        if (call.has("resource") || call.has("resources")) {
            return "<resources>" + resources + "</resources>\n";
        }
        StringBuilder nodes = new StringBuilder();
        for (int i = 0; i < cluster.members.size(); i++) {
            String name = cluster.members.get(i);
            StringBuilder pairs = new StringBuilder();
            cluster.nodeAttributes
                    .getOrDefault(name, Map.of())
                    .forEach((key, value) -> pairs.append(
                            "<nvpair id=\"nodes-%s\" name=\"%s\" value=\"%s\"/>".formatted(key, key, value)));
            nodes.append(
                    "<node id=\"%d\" uname=\"%s\"><instance_attributes id=\"nodes-%d\">%s</instance_attributes></node>"
                            .formatted(i + 1, name, i + 1, pairs));
        }
        return "<cib dc-uuid=\"%d\"><configuration><crm_config/><nodes>%s</nodes><resources>%s</resources><constraints>%s</constraints></configuration><status/></cib>\n"
                .formatted(controller(call), nodes, resources, constraints);
    }

    /** Id of the DC: the first member that runs. */
    private static int controller(Invocation call) {
        List<String> members = call.cluster().members;
        for (int i = 0; i < members.size(); i++) {
            if (online(call, members.get(i))) {
                return i + 1;
            }
        }
        return 1;
    }

    private static boolean online(Invocation call, String name) {
        var machine = call.lab().state().machines.get(name);
        return machine != null && machine.poweredOn && machine.active.contains("pacemaker");
    }

    private static CommandResult monitor(Invocation call) {
        return call.has("--as-xml") || call.has("--output-as=xml") ? Program.ok(xml(call)) : Program.ok(text(call));
    }

    private static String text(Invocation call) {
        StringBuilder text = new StringBuilder("Stack: corosync\nCurrent DC: "
                + call.cluster().members.get(controller(call) - 1) + " (version 1.1.23) - partition with quorum\n\n");
        text.append(call.cluster().members.size()).append(" nodes configured\n\n");
        text.append("Full list of resources:\n\n");
        if (call.cluster().fencing) {
            text.append(" st-fencing\t(stonith:fence_chroma):\tStarted ")
                    .append(call.cluster().members.getFirst())
                    .append('\n');
        }
        call.cluster().resources.forEach((label, resource) -> text.append(" ")
                .append(label)
                .append("\t(ocf::chroma:Target):\t")
                .append(state(resource))
                .append('\n'));
        return text.toString();
    }

    private static String state(Cluster.Resource resource) {
        if (resource.failed) {
            return "FAILED";
        }
        return resource.node == null ? "(target-role:Stopped)\tStopped" : "Started " + resource.node;
    }

    private static String xml(Invocation call) {
        Cluster cluster = call.cluster();
        StringBuilder nodes = new StringBuilder();
        for (int i = 0; i < cluster.members.size(); i++) {
            String name = cluster.members.get(i);
            nodes.append(
                    "<node name=\"%s\" id=\"%d\" online=\"%s\" standby=\"false\" maintenance=\"false\" pending=\"false\" unclean=\"false\" shutdown=\"false\" expected_up=\"true\" is_dc=\"%s\" resources_running=\"%d\" type=\"member\"/>"
                            .formatted(name, i + 1, online(call, name), i + 1 == controller(call), 1));
        }
        return """
                <?xml version="1.0"?>
                <crm_mon version="1.1.23">
                <summary><last_update time="%s"/><nodes_configured number="%d"/><cluster_options stonith-enabled="%s" symmetric-cluster="true" no-quorum-policy="ignore"/></summary>
                <nodes>%s</nodes>
                <resources></resources>
                </crm_mon>
                """.formatted(
                        UPDATED.format(LocalDateTime.now()),
                        cluster.members.size(),
                        cluster.options.getOrDefault("stonith-enabled", "true"),
                        nodes);
    }

    private static CommandResult node(Invocation call) {
        Cluster cluster = call.cluster();
        if (call.has("-R")) {
            int id = Integer.parseInt(call.last());
            if (id <= cluster.members.size()) {
                cluster.members.remove(id - 1);
            }
            return Program.ok();
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < cluster.members.size(); i++) {
            String name = cluster.members.get(i);
            text.append(i + 1).append(' ').append(name).append(online(call, name) ? " member\n" : " lost\n");
        }
        return Program.ok(text.toString());
    }

    private static CommandResult resource(Invocation call) {
        Cluster cluster = call.cluster();
        String label = call.after("-r").or(() -> call.after("--resource")).orElse("");
        if (label.equals("st-fencing")) {
            return cluster.fencing ? Program.ok("resource st-fencing is running on: x\n") : missing();
        }
        Cluster.Resource resource = cluster.resources.get(label);
        if (resource == null) {
            return Program.failed(NO_SUCH_OBJECT, "Resource '" + label + "' not found: No such device or address");
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

    private static CommandResult attribute(Invocation call) {
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
