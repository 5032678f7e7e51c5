package io.burnish.simulator.program;

import io.burnish.agent.system.CommandResult;
import io.burnish.simulator.lab.Lun;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is written on a target's device: {@code mkfs.lustre} and {@code tunefs.lustre}. */
final class TargetFormat {

    private static final Pattern INODE_SIZE = Pattern.compile("-I (\\d+)");
    private static final Pattern INODE_COUNT = Pattern.compile("-N (\\d+)");
    private static final Pattern BYTES_PER_INODE = Pattern.compile("-i (\\d+)");
    private static final long DEFAULT_BYTES_PER_INODE = 16_384;

    private TargetFormat() {}

    static CommandResult mkfs(Invocation call) {
        Optional<Lun> found = call.lab().lun(call.machine(), call.last());
        if (found.isEmpty()) {
            return Program.failed(2, "mkfs.lustre: Unable to stat '" + call.last() + "': No such file or directory");
        }
        Lun lun = found.get();
        if (lun.mountedOn != null) {
            return Program.failed(16, "mkfs.lustre FATAL: " + call.last() + " is mounted");
        }
        if (lun.uuid != null && !call.has("--reformat")) {
            return Program.failed(
                    1,
                    "mkfs.lustre FATAL: Device " + call.last()
                            + " was previously formatted for lustre. Use --reformat to reformat it");
        }
        lun.uuid = UUID.randomUUID().toString();
        lun.role = call.has("--mgs") ? "mgs" : call.has("--mdt") ? "mdt" : "ost";
        lun.fsname = call.value("fsname").orElse("");
        lun.index = call.value("index").map(Integer::valueOf).orElse(-1);
        lun.mgsNids = call.values("mgsnode").stream()
                .flatMap(nids -> Arrays.stream(nids.split(",")))
                .toList();
        lun.registered = lun.role.equals("mgs");
        lun.label = lun.role.equals("mgs") ? "MGS" : name(lun, ":");
        String options = call.value("mkfsoptions").orElse("");
        lun.inodeSize = number(INODE_SIZE, options)
                .orElse(lun.role.equals("mdt") ? 1024L : 512L)
                .intValue();
        lun.inodeCount = number(INODE_COUNT, options)
                .orElse(lun.size / number(BYTES_PER_INODE, options).orElse(DEFAULT_BYTES_PER_INODE));
        lun.nid = null;
        lun.parameters.clear();
        lun.formats++;
        return Program.ok("""

                   Permanent disk data:
                Target:     %s
                Index:      %d
                Lustre FS:  %s
                Mount type: ldiskfs
                Flags:      0x%s
                              (%s first_time update )

                formatting backing filesystem ldiskfs on %s
                Writing CONFIGS/mountdata
                """.formatted(
                        lun.label,
                        Math.max(lun.index, 0),
                        lun.fsname,
                        lun.role.equals("mgs") ? "64" : "62",
                        lun.role.toUpperCase(Locale.ROOT),
                        call.last()));
    }

    private static Optional<Long> number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** A target's name: {@code :} stands before its first registration, {@code -} after it. */
    static String name(Lun lun, String separator) {
        return "%s%s%s%04x".formatted(lun.fsname, separator, lun.role.equals("mdt") ? "MDT" : "OST", lun.index);
    }

    static CommandResult tunefs(Invocation call) {
        Optional<Lun> changed = call.lab()
                .lun(call.machine(), call.last())
                .filter(lun -> lun.uuid != null)
                .filter(lun -> !call.has("--dryrun"));
        if (changed.isPresent()) {
            if (changed.get().mountedOn != null) {
                return Program.failed(16, "tunefs.lustre FATAL: " + call.last() + " is mounted");
            }
            tune(call, changed.get());
        }
        return call.lab()
                .lun(call.machine(), call.last())
                .filter(lun -> lun.uuid != null)
                .map(lun -> Program.ok("""
                        checking for existing Lustre data: found

                           Read previous values:
                        Target:     %s
                        Index:      %s
                        Lustre FS:  %s
                        Mount type: ldiskfs
                        Flags:      0x%x
                                      (%s %s)
                        Persistent mount opts: user_xattr,errors=remount-ro
                        Parameters: %s

                        """.formatted(
                                lun.label,
                                lun.index < 0 ? "unassigned" : Integer.toString(lun.index),
                                lun.fsname,
                                flags(lun),
                                lun.role.toUpperCase(Locale.ROOT),
                                lun.registered ? "" : "first_time update ",
                                lun.mgsNids.isEmpty() ? "" : "mgsnode=" + String.join(",", lun.mgsNids))))
                .orElseGet(() -> Program.failed(
                        19, "tunefs.lustre FATAL: Device " + call.last() + " has not been formatted with mkfs.lustre"));
    }

    private static void tune(Invocation call, Lun lun) {
        List<String> nids = call.values("mgsnode").stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .toList();
        if (call.has("--erase-params") || !nids.isEmpty()) {
            lun.mgsNids = nids;
        }
        lun.writeconf |= call.has("--writeconf");
    }

    private static int flags(Lun lun) {
        int role =
                switch (lun.role) {
                    case "mgs" -> 4;
                    case "mdt" -> 1;
                    default -> 2;
                };
        return role | (lun.registered ? 0 : 0x60) | (lun.writeconf ? 0x100 : 0);
    }
}
