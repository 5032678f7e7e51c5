package io.burnish.agent.lustre;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Output of {@code lctl get_param} for several parameters: {@code name=value}, or {@code name=} and the value on the lines below. Use
 * it whatever the exit status was: parameters that do not exist only print on standard error.
 *
 * @param values by parameter name, several lines joined by newlines, in their order
 */
public record GetParamOutput(Map<String, String> values) {

    // a parameter has a dot in its name; these do not. Lines of values may look alike ("uuid=…", "lrh=[…")
    private static final Set<String> SINGLE_WORDS =
            Set.of("stats", "jobid_var", "nis", "devices", "version", "health_check", "peers");
    private static final Pattern NAME = Pattern.compile("^([A-Za-z0-9_-]+(?:\\.[^=\\s]+)+)=(.*)$");
    private static final Pattern WORD = Pattern.compile("^([a-z_]+)=(.*)$");

    /** Splits the output. */
    public static GetParamOutput parse(String stdout) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : stdout.split("\n")) {
            Matcher start = start(line);
            if (start == null) {
                current.add(line);
                continue;
            }
            current = new ArrayList<>();
            lines.put(start.group(1), current);
            if (!start.group(2).isEmpty()) {
                current.add(start.group(2));
            }
        }
        Map<String, String> values = new LinkedHashMap<>();
        lines.forEach((name, value) -> values.put(name, String.join("\n", value)));
        return new GetParamOutput(values);
    }

    /** Value of a parameter; empty text if it was not printed. */
    public String get(String name) {
        return values.getOrDefault(name, "");
    }

    private static Matcher start(String line) {
        Matcher name = NAME.matcher(line);
        if (name.matches()) {
            return name;
        }
        Matcher word = WORD.matcher(line);
        return word.matches() && SINGLE_WORDS.contains(word.group(1)) ? word : null;
    }
}
