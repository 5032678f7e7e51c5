package io.burnish.agent.fencing;

import io.burnish.agent.system.CommandLine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How one fence agent is called (agent contract, 10.5). Options go through standard input, where nobody sees the password, instead of the
 * command line.
 */
final class FenceOrder {

    private static final Map<String, String> DEFAULT_PORTS =
            Map.of("fence_apc", "23", "fence_apc_snmp", "161", "fence_virsh", "22", "fence_vbox", "22");
    private static final Set<String> BY_SSH = Set.of("fence_virsh", "fence_vbox");

    private FenceOrder() {}

    /** The call that switches a node's power; {@code action} is {@code on} or {@code off}. */
    static CommandLine of(Map<String, String> settings, String action) {
        String agent = settings.get(FenceAttributes.AGENT);
        Map<String, String> options = new LinkedHashMap<>();
        options.put("action", action);
        options.put("ipaddr", settings.get("ipaddr"));
        options.put("login", settings.get("login"));
        options.put("passwd", settings.get("password"));
        Optional.ofNullable(DEFAULT_PORTS.get(agent))
                .ifPresent(port -> options.put("ipport", settings.getOrDefault("ipport", port)));
        options.put("port", settings.get("plug"));
        if (BY_SSH.contains(agent)) {
            options.put("secure", "1");
            options.put("identity_file", settings.get("identity_file"));
        }
        if (yes(settings.get("lanplus"))) {
            options.put("lanplus", "1");
        }
        String stdin = options.entrySet().stream()
                .filter(option ->
                        option.getValue() != null && !option.getValue().isEmpty())
                .map(option -> option.getKey() + "=" + option.getValue() + "\n")
                .collect(Collectors.joining());
        return CommandLine.of(agent).withInput(stdin);
    }

    private static boolean yes(String value) {
        return value != null && value.matches("(?i)1|true|on|yes");
    }
}
