package io.burnish.simulator.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the manager's repositories offer when the laboratory is built, and what servers have before they are managed. */
final class Repositories {

    private static final String EL8 = "1.el8";
    private static final String X86 = "x86_64";
    private static final String LUSTRE = "2.15.5";
    private static final String AGENT = "4.0.10.2";
    private static final String E2FS = "1.47.1";
    private static final String E2FS_RELEASE = "wc1.el8";
    private static final Rpm KERNEL = Rpm.of("kernel", "4.18.0", "553.el8_lustre", X86);

    private Repositories() {}

    /** By the names of the bundles of server profiles. */
    static Map<String, List<Rpm>> initial() {
        Map<String, List<Rpm>> repositories = new LinkedHashMap<>();
        put(
                repositories,
                "iml-agent",
                Rpm.of("chroma-agent", AGENT, EL8, "noarch"),
                Rpm.of("chroma-agent-management", AGENT, EL8, "noarch", "chroma-agent"));
        put(
                repositories,
                "lustre",
                KERNEL,
                Rpm.of("kernel-devel-lustre", "4.18.0", "553.el8_lustre", X86, "kernel = 4.18.0-553.el8_lustre"),
                Rpm.of("kmod-lustre", LUSTRE, EL8, X86, "kernel >= 4.18.0-553"),
                Rpm.of("kmod-lustre-osd-ldiskfs", LUSTRE, EL8, X86, "kmod-lustre"),
                Rpm.of("lustre-osd-ldiskfs-mount", LUSTRE, EL8, X86),
                Rpm.of("lustre", LUSTRE, EL8, X86, "kmod-lustre", "lustre-osd-ldiskfs-mount"),
                Rpm.of("lustre-ldiskfs-zfs", "5", EL8, X86, "lustre", "kmod-lustre-osd-ldiskfs", "/bin/sh"));
        put(
                repositories,
                "e2fsprogs",
                Rpm.of("e2fsprogs-libs", E2FS, E2FS_RELEASE, X86),
                Rpm.of("e2fsprogs", E2FS, E2FS_RELEASE, X86, "e2fsprogs-libs = 1.47.1-wc1.el8", "libc.so.6()(64bit)"));
        put(
                repositories,
                "lustre-client",
                Rpm.of("kmod-lustre-client", LUSTRE, EL8, X86, "kernel >= 4.18.0-553"),
                Rpm.of("lustre-client", LUSTRE, EL8, X86, "kmod-lustre-client"));
        put(
                repositories,
                "robinhood",
                Rpm.of("robinhood-lustre", "3.1.7", EL8, X86),
                Rpm.of("robinhood-webgui", "3.1.7", EL8, X86));
        return repositories;
    }

    private static void put(Map<String, List<Rpm>> repositories, String name, Rpm... packages) {
        repositories.put(name, new ArrayList<>(List.of(packages)));
    }

    /** The kernel and the file system tools of the distribution. */
    static List<Rpm> installed() {
        return new ArrayList<>(List.of(
                KERNEL, Rpm.of("e2fsprogs-libs", "1.45.6", "5.el8", X86), Rpm.of("e2fsprogs", "1.45.6", "5.el8", X86)));
    }
}
