package io.burnish.simulator.power;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a fence agent was asked for.
 *
 * @param options as it reads them from standard input
 */
public record FenceRequest(String agent, Map<String, String> options) {

    /** Reads lines {@code key=value}; others are ignored, as the real agents do. */
    public static FenceRequest of(String agent, String input) {
        Map<String, String> options = new LinkedHashMap<>();
        input.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                options.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        });
        return new FenceRequest(agent, options);
    }

    String action() {
        return options.getOrDefault("action", "reboot");
    }

    String address() {
        return options.getOrDefault("ipaddr", "");
    }

    String outlet() {
        return options.getOrDefault("port", "");
    }

    boolean knows(String login, String password) {
        return login.equals(options.get("login")) && password.equals(options.get("passwd"));
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** As a command line, for traces and faults: without the password. */
    @Override
    public String toString() {
        return "%s -a %s -o %s%s".formatted(agent, address(), action(), outlet().isEmpty() ? "" : " -n " + outlet());
    }
}
