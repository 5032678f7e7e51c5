package io.burnish.agent.cli;

import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.command.Commands;
import io.burnish.agent.fencing.FenceAgent;
import io.burnish.agent.system.CommandNotFoundException;
import io.burnish.agent.system.HostSystem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code fence}: called by Pacemaker under the name {@code fence_chroma} (agent contract, 10.5). */
record FenceCommand(HostSystem host) {

    private static final Map<String, String> NAMES = Map.of(
            "-o",
            "action",
            "--option",
            "action",
            "--action",
            "action",
            "option",
            "action",
            "-n",
            "node",
            "--plug",
            "node",
            "--nodename",
            "node",
            "--port",
            "node");
    private static final Map<String, String> KEYS =
            Map.of("action", "action", "option", "action", "port", "node", "nodename", "node", "plug", "node");
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final String METADATA = """
            <?xml version="1.0" ?>
            <resource-agent name="fence_chroma" shortdesc="Fences a node through the agents configured by its manager">
              <longdesc>Switches the power of a node through the fence agents that are stored as attributes of the node.</longdesc>
              <parameters>
                <parameter name="port" unique="1" required="1">
                  <getopt mixed="-n, --plug=[nodename]"/><content type="string"/>
                  <shortdesc lang="en">Name of the node</shortdesc>
                </parameter>
                <parameter name="action" unique="1" required="1">
                  <getopt mixed="-o, --action=[action]"/><content type="string" default="reboot"/>
                  <shortdesc lang="en">Fencing action</shortdesc>
                </parameter>
              </parameters>
              <actions>
                <action name="reboot"/><action name="off"/><action name="on"/>
                <action name="list"/><action name="monitor"/><action name="metadata"/>
              </actions>
            </resource-agent>
            """;

    int run(List<String> args) throws IOException, InterruptedException {
        Map<String, String> order = args.isEmpty() ? fromInput() : fromWords(args);
        FenceAgent agent = new FenceAgent(Commands.unrecorded(host, LIMIT));
        String action = order.getOrDefault("action", "reboot");
        try {
            switch (action) {
                case "metadata" -> System.out.print(METADATA);
                case "monitor" -> {
                    return 0;
                }
                case "list" -> agent.nodes().forEach(node -> System.out.println(node + ","));
                case "on", "off", "reboot" -> agent.fence(node(order), action);
                default -> throw new Options.UsageException("unknown action '" + action + "'");
            }
            return 0;
        } catch (ActionFailedException | CommandNotFoundException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static String node(Map<String, String> order) {
        String node = order.get("node");
        if (node == null) {
            throw new Options.UsageException("which node?");
        }
        return node;
    }

    private static Map<String, String> fromWords(List<String> args) {
        Map<String, String> order = new HashMap<>();
        for (int i = 0; i < args.size(); i++) {
            String[] parts = args.get(i).split("=", 2);
            String name = NAMES.get(parts[0]);
            if (name != null && parts.length == 2) {
                order.put(name, parts[1]);
            } else if (name != null && i + 1 < args.size()) {
                order.put(name, args.get(++i));
            } else {
                throw new Options.UsageException("unknown option " + args.get(i));
            }
        }
        return order;
    }

    /** Lines {@code key=value}; keys that are not for us are ignored. */
    private static Map<String, String> fromInput() throws IOException {
        Map<String, String> order = new HashMap<>();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.strip().split("=", 2);
            if (parts.length != 2) {
                throw new Options.UsageException("not an assignment: '" + line + "'");
            }
            if (KEYS.containsKey(parts[0])) {
                order.put(KEYS.get(parts[0]), parts[1]);
            }
        }
        return order;
    }
}
