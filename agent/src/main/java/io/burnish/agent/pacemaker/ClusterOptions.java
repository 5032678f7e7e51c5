package io.burnish.agent.pacemaker;

import java.util.LinkedHashMap;
import java.util.Map;

/** Cluster-wide options in property set {@code cib-bootstrap-options} (agent contract, 10.4). */
public record ClusterOptions(Map<String, String> values) {

    private static final String SET = "cib-bootstrap-options";
    private static final int LARGEST_WITHOUT_QUORUM = 2;

    /** Options of a cluster with that many nodes; up to two nodes cannot have a quorum when one fails. */
    static ClusterOptions forNodes(int nodes) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("no-quorum-policy", nodes <= LARGEST_WITHOUT_QUORUM ? "ignore" : "stop");
        values.put("symmetric-cluster", "true");
        values.put("cluster-infrastructure", "corosync");
        values.put("stonith-enabled", "true");
        return new ClusterOptions(values);
    }

    /** Fencing on. */
    public static ClusterOptions fencingOn() {
        return new ClusterOptions(Map.of("stonith-enabled", "true"));
    }

    /** Sets them. */
    public void apply(Cib cib) throws InterruptedException {
        cib.run("--modify", "--allow-create", "-o", "crm_config", "-X", xml());
    }

    String xml() {
        StringBuilder xml = new StringBuilder("<cluster_property_set id=\"" + SET + "\">");
        values.forEach((name, value) -> xml.append("<nvpair id=\"")
                .append(SET)
                .append('-')
                .append(name)
                .append("\" name=\"")
                .append(name)
                .append("\" value=\"")
                .append(Xml.quoted(value))
                .append("\"/>"));
        return xml.append("</cluster_property_set>").toString();
    }
}
