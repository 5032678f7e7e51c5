package io.burnish.agent.target;

import io.burnish.agent.action.ActionArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Command lines of mkfs.lustre and tunefs.lustre (agent contract, 9.2 and 9.8). The order is part of the contract; tunefs.lustre applies
 * its options in the order in which they stand.
 */
final class LustreCommandLine {

    private static final List<String> NAMED = List.of(
            "index",
            "fsname",
            "backfstype",
            "mkfsoptions",
            "comment",
            "mountfsoptions",
            "device_size",
            "stripe_count_hint");

    private final List<String> words = new ArrayList<>();
    private final ActionArguments arguments;

    private LustreCommandLine(String program, ActionArguments arguments) {
        this.arguments = arguments;
        words.add(program);
    }

    /** Formats; {@code mkfsOptions} replaces the argument of that name. */
    static List<String> mkfs(ActionArguments arguments, Optional<String> mkfsOptions, boolean reformat, String device) {
        LustreCommandLine line = new LustreCommandLine("mkfs.lustre", arguments);
        line.types();
        line.nodes();
        line.flag("dryrun");
        if (reformat) {
            line.words.add("--reformat");
        }
        line.flag("iam_dir");
        line.flag("verbose");
        line.flag("quiet");
        line.parameters();
        line.named(mkfsOptions);
        line.words.add(device);
        return line.words;
    }

    /** Changes a formatted device. */
    static List<String> tunefs(ActionArguments arguments, String device) {
        LustreCommandLine line = new LustreCommandLine("tunefs.lustre", arguments);
        line.flag("erase_params");
        line.types();
        line.nodes();
        List.of("nomgs", "writeconf", "dryrun", "verbose", "quiet").forEach(line::flag);
        line.parameters();
        line.named(arguments.optionalText("mkfsoptions"));
        line.words.add(device);
        return line.words;
    }

    private void types() {
        arguments.texts("target_types").forEach(type -> words.add("--" + type));
    }

    private void nodes() {
        for (String option : List.of("mgsnode", "failnode", "servicenode")) {
            arguments.textLists(option).forEach(nids -> words.add("--" + option + "=" + String.join(",", nids)));
        }
        List<String> networks = arguments.texts("network");
        if (!networks.isEmpty()) {
            words.add("--network=" + String.join(",", networks));
        }
    }

    private void flag(String name) {
        if (arguments.flag(name)) {
            words.add("--" + option(name));
        }
    }

    private void parameters() {
        arguments.entries("param").forEach((key, value) -> words.addAll(List.of("--param", key + "=" + value)));
    }

    private void named(Optional<String> mkfsOptions) {
        for (String name : NAMED) {
            Optional<String> value = name.equals("mkfsoptions") ? mkfsOptions : arguments.optionalText(name);
            value.ifPresent(text -> words.add("--" + option(name) + "=" + text));
        }
    }

    private static String option(String name) {
        return name.replace('_', '-');
    }
}
