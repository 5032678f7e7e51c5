package io.burnish.host.registration;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which agents may register (agent contract, 1.4): those of the manager's major version that are not newer in the minor one. A side
 * without a numeric version is not judged.
 */
final class AgentVersions {

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:\\D.*)?");

    private AgentVersions() {}

    /** Why the agent may not register; empty if it may. */
    static Optional<String> mismatch(String manager, String agent) {
        Matcher ours = NUMBERS.matcher(manager);
        Matcher theirs = NUMBERS.matcher(agent == null ? "" : agent);
        if (!ours.matches() || !theirs.matches()) {
            return Optional.empty();
        }
        boolean fits = number(ours, 1) == number(theirs, 1) && number(ours, 2) >= number(theirs, 2);
        return fits
                ? Optional.empty()
                : Optional.of(
                        "Version mismatch: the manager has version %s, which does not work with agent version %s. "
                                        .formatted(manager, agent)
                                + "Install the agent that the manager hands out.");
    }

    private static int number(Matcher version, int group) {
        return Integer.parseInt(version.group(group));
    }
}
