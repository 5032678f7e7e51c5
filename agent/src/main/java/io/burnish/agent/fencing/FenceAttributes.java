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
        return names(Comparator.comparing(key -> !key.equals(AGENT)));
    }

    /** Names in the order in which they are to be set: an agent's name last, for the same reason. */
    List<String> namesForSetting() {
        return names(Comparator.comparing(key -> key.equals(AGENT)));
    }

    /** The value of an attribute. */
    String value(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(name);
        }
        return agents.get(Integer.valueOf(matcher.group(1))).get(matcher.group(2));
    }

    private List<String> names(Comparator<String> keyOrder) {
        List<String> names = new ArrayList<>();
        agents.forEach((number, settings) ->
                settings.keySet().stream().sorted(keyOrder).forEach(key -> names.add(number + "_fence_" + key)));
        return names;
    }
}
