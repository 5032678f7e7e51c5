package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Cluster;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Members and resources as a node sees them: {@code crm_mon} and {@code crm_node}. */
final class ClusterView {

    private static final DateTimeFormatter UPDATED =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT);

    private ClusterView() {}

    /** Id of the DC: the first member that runs. */
    static int controller(Invocation call) {
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

    static CommandResult monitor(Invocation call) {
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

    static CommandResult node(Invocation call) {
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
}
