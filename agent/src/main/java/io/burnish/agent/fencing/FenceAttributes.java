package io.burnish.agent.fencing;

import io.burnish.agent.pacemaker.Xml;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/**
 * How to fence a node, kept as the node's attributes {@code N_fence_KEY}: agent number, key (agent contract, 10.5).
 *
 * @param agents keys and values per agent number
 */
record FenceAttributes(Map<Integer, Map<String, String>> agents) {

    static final String AGENT = "agent";
    private static final Pattern NAME = Pattern.compile("(\\d+)_fence_(.+)");

    /** Attributes of a node in the cluster database. */
    static FenceAttributes of(Element cib, String node) {
        Map<Integer, Map<String, String>> agents = new TreeMap<>();
        for (Element element : Xml.all(cib, "node")) {
            if (!element.getAttribute("uname").equals(node)) {
                continue;
            }
            for (Element pair : Xml.all(element, "nvpair")) {
                Matcher name = NAME.matcher(pair.getAttribute("name"));
                if (name.matches()) {
                    agents.computeIfAbsent(Integer.valueOf(name.group(1)), absent -> new LinkedHashMap<>())
                            .put(name.group(2), pair.getAttribute("value"));
                }
            }
        }
        return new FenceAttributes(agents);
    }

    /**
     * Names in the order in which they are to be removed: an agent's name first, so that nobody fences with half of its settings.
     */
    List<String> namesForRemoval() {
        List<String> names = new ArrayList<>();
        agents.forEach((number, settings) -> settings.keySet().stream()
                .sorted(Comparator.comparing(key -> !key.equals(AGENT)))
                .forEach(key -> names.add(name(number, key))));
        return names;
    }

    /** The node with these attributes, with the ids that {@code crm_attribute} would give them. */
    String xml(String nodeId) {
        String set = "nodes-" + nodeId;
        StringBuilder xml = new StringBuilder("<node id=\"%s\"><instance_attributes id=\"%s\">".formatted(nodeId, set));
        agents.forEach((number, settings) -> settings.forEach((key, value) -> {
            String name = Xml.quoted(name(number, key));
            xml.append("<nvpair id=\"%s-%s\" name=\"%s\" value=\"%s\"/>".formatted(set, name, name, Xml.quoted(value)));
        }));
        return xml.append("</instance_attributes></node>").toString();
    }

    private static String name(int agent, String key) {
        return agent + "_fence_" + key;
    }
}
