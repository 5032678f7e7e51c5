package io.burnish.agent.pacemaker;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code crm_resource -r LABEL -a}: which node a location constraint prefers (agent contract, 9.8 and 19.4). */
public final class TargetLocations {

    private static final Pattern LINE = Pattern.compile(
            "^\\s*[:*]?\\s*Node\\s+(\\S+)\\s+\\(score=[^\\s,]+,?\\s+id=([^\\s)]+)\\)", Pattern.MULTILINE);

    private TargetLocations() {}

    /** The node of the constraint with that id. */
    public static Optional<String> node(String stdout, String constraintId) {
        Matcher matcher = LINE.matcher(stdout);
        while (matcher.find()) {
            if (matcher.group(2).equals(constraintId)) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }
}
