package io.burnish.agent.lustre;

import io.burnish.agent.system.HostSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /proc/mounts} or {@code /etc/fstab} says. */
public record MountTable(List<Entry> entries) {

    private static final Path PROC_MOUNTS = Path.of("/proc/mounts");
    private static final int FIELDS = 3;
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
    private static final Pattern CLIENT = Pattern.compile("[^/\\s]+@[^/\\s]+:/\\S+");
    private static final String SERVICE_NAME = "svname=";

    /** The mounts of a server now. */
    public static MountTable current(HostSystem host) throws IOException {
        return parse(host.read(PROC_MOUNTS).orElse(""));
    }

    /** Reads either file; comments and short lines are left out. */
    public static MountTable parse(String text) {
        List<Entry> entries = new ArrayList<>();
        for (String line : text.split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words.length >= FIELDS && !words[0].startsWith("#")) {
                String options = words.length > FIELDS ? words[FIELDS] : "";
                entries.add(new Entry(unescape(words[0]), unescape(words[1]), words[2], List.of(options.split(","))));
            }
        }
        return new MountTable(List.copyOf(entries));
    }

    /** Mounted Lustre targets. */
    public List<Entry> targets() {
        return entries.stream()
                .filter(Entry::isLustre)
                .filter(entry -> !entry.isClient())
                .toList();
    }

    /** Mounted Lustre clients. */
    public List<Entry> clients() {
        return entries.stream().filter(Entry::isLustre).filter(Entry::isClient).toList();
    }

    /** What is mounted there; the last mount hides earlier ones. */
    public Optional<Entry> at(String mountPoint) {
        return entries.stream()
                .filter(entry -> entry.mountPoint().equals(mountPoint))
                .reduce((first, second) -> second);
    }

    // white space in paths is written in octal
    private static String unescape(String word) {
        Matcher matcher = OCTAL.matcher(word);
        return matcher.replaceAll(
                match -> Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(match.group(1), 8))));
    }

    /** One mount. */
    public record Entry(String source, String mountPoint, String type, List<String> options) {

        boolean isLustre() {
            return type.equals("lustre");
        }

        /** A client's source is {@code nid,nid:nid:/fsname}, a target's a device or dataset. */
        boolean isClient() {
            return CLIENT.matcher(source).matches();
        }

        /** The target's name from the mount options, if this Lustre prints it. */
        public Optional<String> serviceName() {
            return options.stream()
                    .filter(option -> option.startsWith(SERVICE_NAME))
                    .map(option -> option.substring(SERVICE_NAME.length()))
                    .findFirst();
        }
    }
}
