package io.burnish.host.fence;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * A call of a fence agent. All options go through its standard input, where nobody on the machine can read the password.
 *
 * @param agent name of the program
 * @param options by the names that agents read from their input, in order
 */
public record FenceCall(String agent, Map<String, String> options) {

    private static final String PASSWORD = "passwd";

    /** What the agent reads. */
    String input() {
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** The text with the password replaced by asterisks. */
    String masked(String text) {
        String password = options.getOrDefault(PASSWORD, "");
        return password.isEmpty() ? text : text.replace(password, "********");
    }

    /** For logs: without the password. */
    @Override
    public String toString() {
        return agent
                + options.entrySet().stream()
                        .filter(option -> !option.getKey().equals(PASSWORD))
                        .map(option -> " " + option.getKey() + "=" + option.getValue())
                        .collect(Collectors.joining());
    }
}
