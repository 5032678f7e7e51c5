package io.burnish.agent.target;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code lctl --device MGS llog_print LOG}: records {@code - { index: 12, event: conf_param, …, parameter: K=V }}. */
final class ConfigLog {

    private static final Pattern RECORD =
            Pattern.compile("device: ([^,]+),.*parameter: (\\S+?)=(.*?) *}\\s*$", Pattern.MULTILINE);

    private ConfigLog() {}

    /** The value that the last record of a parameter sets for a device of that name or beginning; empty if none does. */
    static Optional<String> value(String stdout, String device, String parameter) {
        Optional<String> value = Optional.empty();
        Matcher matcher = RECORD.matcher(stdout);
        while (matcher.find()) {
            if (matcher.group(1).startsWith(device) && matcher.group(2).equals(parameter)) {
                value = Optional.of(matcher.group(3));
            }
        }
        return value;
    }
}
