package io.burnish.simulator.server;

import java.util.List;
import java.util.Set;

/** Which command lines change the laboratory and so must be on the disk before they answer. */
final class Changing {

    private static final Set<String> ALWAYS = Set.of(
            "mkfs.lustre",
            "mount",
            "umount",
            "/bin/mount",
            "/bin/umount",
            "modprobe",
            "rmmod",
            "pcs",
            "sed",
            "genhostid",
            "crm_attribute",
            "lfs",
            "mkfifo",
            "debugfs");
    private static final Set<String> CHANGING_WORDS = Set.of(
            "start",
            "stop",
            "restart",
            "enable",
            "disable",
            "install",
            "update",
            "remove",
            "add",
            "net",
            "conf_param",
            "erase_lcfg",
            "--erase-params",
            "--writeconf",
            "-C",
            "-D",
            "-E",
            "-R",
            "-p",
            "--create",
            "--delete",
            "--modify",
            "--move",
            "--un-move",
            "--cleanup");

    private Changing() {}

    static boolean changes(List<String> args) {
        return ALWAYS.contains(args.getFirst()) || args.stream().skip(1).anyMatch(CHANGING_WORDS::contains);
    }
}
