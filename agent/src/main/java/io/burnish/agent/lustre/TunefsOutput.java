package io.burnish.agent.lustre;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code tunefs.lustre --dryrun} says about a device: the values that are on it now, which come first in the output.
 *
 * @param target {@code fs1-OST0003} after registration, {@code fs1:OST0003} before (real Lustre, 8), {@code MGS}
 * @param flags MDT 1, OST 2, MGS 4, needs index 0x10, first time 0x20, update 0x40, writeconf 0x100
 * @param parameters values per key; NID lists split at {@code :}
 */
public record TunefsOutput(
        String target, String fsname, String index, long flags, Map<String, List<String>> parameters) {

    private static final long MDT = 0x1;
    private static final long OST = 0x2;
    private static final long MGS = 0x4;
    private static final long UPDATE = 0x40;
    private static final Pattern NID_LISTS = Pattern.compile("failover\\.node|mgsnode");

    /** Reads the output; empty if it describes no target. */
    public static Optional<TunefsOutput> parse(String stdout) {
        Optional<String> target = field(stdout, "Target");
        Optional<String> flags = field(stdout, "Flags");
        if (target.isEmpty() || flags.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TunefsOutput(
                target.get(),
                field(stdout, "Lustre FS").orElse(""),
                field(stdout, "Index").orElse(""),
                Long.decode(flags.get()),
                parameters(field(stdout, "Parameters").orElse(""))));
    }

    /** The name as after registration. */
    public String registeredName() {
        return target.replaceFirst("[:=]", "-");
    }

    /** Whether the target has no number yet. */
    public boolean unnumbered() {
        return target.contains("ffff");
    }

    /** Whether it holds a management target, alone or beside an MDT. */
    public boolean isMgs() {
        return (flags & MGS) != 0;
    }

    /** Whether it is an MGT and an MDT in one. */
    public boolean isMgsAndMdt() {
        return isMgs() && (flags & MDT) != 0;
    }

    /** Whether it was written and not mounted since. */
    public boolean fresh() {
        return (flags & UPDATE) != 0;
    }

    /** The words by which mkfs names what it is. */
    public List<String> kinds() {
        List<String> kinds = new ArrayList<>();
        if (isMgs()) {
            kinds.add("mgs");
        }
        if ((flags & MDT) != 0) {
            kinds.add("mdt");
        }
        if ((flags & OST) != 0) {
            kinds.add("ost");
        }
        return kinds;
    }

    private static Optional<String> field(String stdout, String name) {
        Matcher matcher =
                Pattern.compile("^" + name + ":[ \\t]*(.*)$", Pattern.MULTILINE).matcher(stdout);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    private static Map<String, List<String>> parameters(String text) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String word : text.split("\\s+")) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                String key = word.substring(0, equals);
                String value = word.substring(equals + 1);
                List<String> values = NID_LISTS.matcher(key).matches() ? List.of(value.split(":")) : List.of(value);
                parameters.computeIfAbsent(key, absent -> new ArrayList<>()).addAll(values);
            }
        }
        return parameters;
    }
}
