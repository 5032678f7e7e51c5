package io.burnish.simulator.program;

import io.burnish.agent.pacemaker.Xml;
import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Cluster;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code cibadmin}: the cluster's database as XML. */
final class CibAdmin {

    private static final int EXISTS = 108;
    private static final Pattern ATTRIBUTE = Pattern.compile("([\\w-]+)=\"([^\"]*)\"");
    private static final Pattern PAIR = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"");

    private CibAdmin() {}

    static CommandResult run(Invocation call) {
        Cluster cluster = call.cluster();
        if (call.has("--query") || call.has("-Q")) {
            return Program.ok(query(call, cluster));
        }
        String xml = xml(call);
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
            return modify(cluster, xml);
        }
        return Program.failed(1, "cibadmin: unknown arguments " + call.args());
    }

    private static String xml(Invocation call) {
        if (call.has("--xml-pipe")) {
            return call.stdin();
        }
        return call.after("-X").orElseGet(() -> call.after("-x")
                .map(file -> call.machine().files.getOrDefault(file, ""))
                .orElse(""));
    }

    /** Sets attributes of a node, or options of the cluster. */
    private static CommandResult modify(Cluster cluster, String xml) {
        Map<String, String> changed = cluster.options;
        if (xml.startsWith("<node ")) {
            int id = Integer.parseInt(attributes(xml).get("id"));
            if (id > cluster.members.size()) {
                return ClusterPrograms.missing("Call cib_modify failed (-6)");
            }
            changed = cluster.nodeAttributes.computeIfAbsent(
                    cluster.members.get(id - 1), absent -> new LinkedHashMap<>());
        }
        Matcher pair = PAIR.matcher(xml);
        while (pair.find()) {
            changed.put(pair.group(1), plain(pair.group(2)));
        }
        return Program.ok();
    }

    private static String plain(String quoted) {
        return quoted.replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&");
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
            return was ? Program.ok() : ClusterPrograms.missing("Call cib_delete failed (-6)");
        }
        if (xml.contains("<rsc_location")) {
            return cluster.locations.remove(id) != null
                    ? Program.ok()
                    : ClusterPrograms.missing("Call cib_delete failed (-6)");
        }
        if (xml.contains("<primitive")) {
            Cluster.Resource resource = cluster.resources.get(id);
            if (resource == null) {
                return ClusterPrograms.missing("Call cib_delete failed (-6)");
            }
            resource.wanted = false;
            Pacemaker.settle(call);
            cluster.resources.remove(id);
            return Program.ok();
        }
        return Program.ok();
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
                    .forEach((key, value) -> pairs.append("<nvpair id=\"nodes-%s\" name=\"%s\" value=\"%s\"/>"
                            .formatted(key, key, Xml.quoted(value))));
            nodes.append(
                    "<node id=\"%d\" uname=\"%s\"><instance_attributes id=\"nodes-%d\">%s</instance_attributes></node>"
                            .formatted(i + 1, name, i + 1, pairs));
        }
        return "<cib dc-uuid=\"%d\"><configuration><crm_config/><nodes>%s</nodes><resources>%s</resources><constraints>%s</constraints></configuration><status/></cib>\n"
                .formatted(ClusterView.controller(call), nodes, resources, constraints);
    }
}
