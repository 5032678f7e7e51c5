package io.burnish.agent.pacemaker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Targets in the output of {@code crm_mon -1 -r} (agent contract, 9.9), of Pacemaker 1.1 and 2.
 *
 * @param known whether the cluster had a DC; without one nothing it prints is reliable
 * @param nodes node per label; {@code null}: runs nowhere
 * @param failed lines that contain {@code FAILED}, by label
 */
public record ResourceList(boolean known, Map<String, String> nodes, Map<String, String> failed) {

    private static final Pattern NO_DC = Pattern.compile("Current DC: *NONE");
    private static final Pattern HEADING = Pattern.compile("^(Full list of resources|Full List of Resources):.*$");
    private static final Pattern OTHER_HEADING = Pattern.compile("^[A-Z][A-Za-z ]+:.*$");
    private static final Pattern TARGET = Pattern.compile("^[\\s*]*(\\S+)\\s+\\(ocf::?chroma:Target\\):\\s*(.*)$");
    private static final Pattern ROLE = Pattern.compile("^\\(target-role:[A-Za-z]+\\)\\s*");
    private static final Pattern FLAGS = Pattern.compile("\\s*\\([^)]*\\)\\s*$");

    /** Reads the output. */
    public static ResourceList parse(String stdout) {
        Map<String, String> nodes = new LinkedHashMap<>();
        Map<String, String> failed = new LinkedHashMap<>();
        if (NO_DC.matcher(stdout).find()) {
            return new ResourceList(false, nodes, failed);
        }
        boolean inList = false;
        for (String line : stdout.split("\n")) {
            inList = HEADING.matcher(line).matches()
                    || inList && !OTHER_HEADING.matcher(line).matches();
            Matcher target = TARGET.matcher(line);
            if (inList && target.matches()) {
                String state = target.group(2);
                nodes.put(target.group(1), node(state));
                if (state.contains("FAILED")) {
                    failed.put(target.group(1), line.strip());
                }
            }
        }
        return new ResourceList(true, nodes, failed);
    }

    /** Where a target runs; empty if nowhere or not in the list. */
    public Optional<String> nodeOf(String label) {
        return Optional.ofNullable(nodes.get(label));
    }

    /** How many targets run. */
    public long running() {
        return nodes.values().stream().filter(java.util.Objects::nonNull).count();
    }

    private static String node(String state) {
        String text = FLAGS.matcher(ROLE.matcher(state).replaceFirst("")).replaceFirst("");
        String[] words = text.strip().split("\\s+");
        boolean runs = words[0].equals("Started") || words[0].equals("Stopping");
        return runs && words.length > 1 ? words[1] : null;
    }
}
