package io.burnish.host.fence;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names of fence agents' options: letters and long names of command lines, and what the same is called on standard input. The names are
 * those that all releases of the agents understand.
 */
final class FenceOptions {

    private static final Map<Character, String> COMMON = Map.ofEntries(
            Map.entry('a', "ipaddr"),
            Map.entry('u', "ipport"),
            Map.entry('l', "login"),
            Map.entry('p', "passwd"),
            Map.entry('o', "action"),
            Map.entry('n', "port"),
            Map.entry('k', "identity_file"),
            Map.entry('s', "switch"),
            Map.entry('x', "secure"),
            Map.entry('z', "ssl"),
            Map.entry('4', "inet4_only"),
            Map.entry('6', "inet6_only"),
            Map.entry('v', "verbose"));
    private static final Map<String, Map<Character, String>> OF_AGENT = Map.of(
            "fence_ipmilan",
            Map.of('P', "lanplus", 'A', "auth", 'C', "cipher", 'L', "privlvl", 'm', "method"),
            "fence_apc_snmp",
            Map.of(
                    'c', "community",
                    'd', "snmp_version",
                    'b', "snmp_auth_prot",
                    'E', "snmp_sec_level",
                    'B', "snmp_priv_prot",
                    'P', "snmp_priv_passwd"));
    private static final Map<Character, String> OTHERWISE = Map.of('c', "cmd_prompt");
    private static final Map<String, String> LONG = Map.of(
            "ip", "ipaddr",
            "username", "login",
            "password", "passwd",
            "plug", "port",
            "ssh", "secure",
            "command_prompt", "cmd_prompt");
    private static final Set<String> FLAGS =
            Set.of("secure", "ssl", "inet4_only", "inet6_only", "verbose", "lanplus", "missing_as_off", "ssl_insecure");

    private FenceOptions() {}

    /** The name of a letter. */
    static Optional<String> ofLetter(String agent, char letter) {
        return Optional.ofNullable(OF_AGENT.getOrDefault(agent, OTHERWISE).get(letter))
                .or(() -> Optional.ofNullable(COMMON.get(letter)));
    }

    /** The name of a long option. */
    static String ofWord(String word) {
        String name = word.replace('-', '_');
        return LONG.getOrDefault(name, name);
    }

    /** Whether the option has no value. */
    static boolean flag(String name) {
        return FLAGS.contains(name);
    }

    /** Whether the option would make an agent run another program or write a file: nobody may send that through the manager. */
    static boolean forbidden(String name) {
        return name.endsWith("_path") || name.endsWith("_script") || name.startsWith("debug");
    }
}
