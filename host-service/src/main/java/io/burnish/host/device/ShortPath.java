package io.burnish.host.device;

import java.util.List;

/** Device paths without the directories that say nothing (API contract, storage 8, default names). */
final class ShortPath {

    private static final List<String> LINKS = List.of("/dev/disk/by-path/", "/dev/disk/by-id/");
    /** Longest first. */
    private static final List<String> ALL = List.of(
            "/dev/disk/by-partuuid/",
            "/dev/disk/by-diskseq/",
            "/dev/disk/by-label/",
            "/dev/disk/by-path/",
            "/dev/disk/by-uuid/",
            "/dev/disk/by-id/",
            "/dev/mapper/",
            "/dev/");

    private ShortPath() {}

    /** For a disk that only one server sees. */
    static String ofDisk(String path) {
        return without(path, LINKS);
    }

    /** For a device node. */
    static String ofNode(String path) {
        return without(path, ALL);
    }

    private static String without(String path, List<String> prefixes) {
        return prefixes.stream()
                .filter(path::startsWith)
                .findFirst()
                .map(prefix -> path.substring(prefix.length()))
                .orElse(path);
    }
}
