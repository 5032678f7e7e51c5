package io.burnish.agent.device;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code zpool status} and {@code zpool import} (agent contract, 19.2). */
final class ZpoolListing {

    private static final Pattern POOL = Pattern.compile("^\\s*pool: (\\S+)\\s*$", Pattern.MULTILINE);
    private static final Pattern STATE = Pattern.compile("^\\s*state: (\\S+)\\s*$", Pattern.MULTILINE);
    private static final Pattern ID = Pattern.compile("^\\s*id: (\\d+)\\s*$", Pattern.MULTILINE);

    private ZpoolListing() {}

    /**
     * A pool.
     *
     * @param guid only in the output of import; {@code null} otherwise
     */
    record Pool(String name, String state, String guid) {

        /** Whether its data can be used. */
        boolean healthy() {
            return state.equals("ONLINE") || state.equals("DEGRADED");
        }
    }

    static List<Pool> parse(String stdout) {
        List<Pool> pools = new ArrayList<>();
        Matcher pool = POOL.matcher(stdout);
        List<Integer> starts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        while (pool.find()) {
            starts.add(pool.end());
            names.add(pool.group(1));
        }
        for (int i = 0; i < names.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1) : stdout.length();
            String section = stdout.substring(starts.get(i), end);
            pools.add(new Pool(names.get(i), field(STATE, section, "UNKNOWN"), field(ID, section, null)));
        }
        return pools;
    }

    private static String field(Pattern pattern, String section, String ifAbsent) {
        Matcher matcher = pattern.matcher(section);
        return matcher.find() ? matcher.group(1) : ifAbsent;
    }
}
