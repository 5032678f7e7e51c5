package io.burnish.agent.lustre;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Targets that a configuration log sets up, from {@code llog_reader} (agent contract, 19.1). */
public final class LlogReaderOutput {

    private static final Pattern SETUP =
            Pattern.compile("^#\\d+\\s*\\(\\d+\\)setup\\s+0:(\\S+)\\s+1:(\\S+)\\s+2:(\\S+)", Pattern.MULTILINE);

    private LlogReaderOutput() {}

    /** A target as clients and servers find it. */
    public record Setup(String name, String uuid, String nid) {

        /** Name of the file system. */
        public String fsname() {
            return name.substring(0, name.lastIndexOf('-'));
        }
    }

    /** All that are set up with a NID, in their order; the role ({@code -osc}, {@code -mdc}) is cut from the name. */
    public static List<Setup> parse(String stdout) {
        List<Setup> setups = new ArrayList<>();
        Matcher matcher = SETUP.matcher(stdout);
        while (matcher.find()) {
            String name = matcher.group(1);
            int role = name.lastIndexOf('-');
            if (role > 0 && name.lastIndexOf('-', role - 1) > 0) {
                setups.add(new Setup(name.substring(0, role), matcher.group(2), matcher.group(3)));
            }
        }
        return setups;
    }
}
