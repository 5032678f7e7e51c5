package io.burnish.agent.device;

import io.burnish.contracts.agent.report.BlockDeviceReport.DeviceNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The block devices of a server with all their names.
 *
 * @param nodes by {@code major:minor}
 * @param byPath {@code major:minor} by any path
 * @param byName {@code major:minor} by kernel name and by mapper name
 */
record DeviceTable(Map<String, DeviceNode> nodes, Map<String, String> byPath, Map<String, String> byName) {

    private static final List<String> PREFERENCE = List.of("/dev/mapper/", "/dev/disk/by-id/", "/dev/disk/by-path/");

    /** A table without devices. */
    static DeviceTable of(Collection<DeviceNode> nodes, Map<String, String> byName) {
        Map<String, DeviceNode> byNumber = new TreeMap<>();
        Map<String, String> byPath = new HashMap<>();
        for (DeviceNode node : nodes) {
            byNumber.put(node.majorMinor(), node);
            node.paths().forEach(path -> byPath.put(path, node.majorMinor()));
        }
        return new DeviceTable(byNumber, byPath, byName);
    }

    /** All paths of a device, the one to be used first: mapper before by-id before by-path before others. */
    static List<String> paths(String path, String kname, Collection<String> links) {
        Set<String> all = new LinkedHashSet<>(links);
        all.add(path);
        all.add("/dev/" + kname);
        List<String> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingInt(DeviceTable::rank).thenComparing(Comparator.naturalOrder()));
        return List.copyOf(sorted);
    }

    /** The device of a path. */
    Optional<String> atPath(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** The device of a name. */
    Optional<String> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The same with some nodes replaced. */
    DeviceTable with(Collection<DeviceNode> replacements) {
        Map<String, DeviceNode> changed = new TreeMap<>(nodes);
        replacements.forEach(node -> changed.put(node.majorMinor(), node));
        return new DeviceTable(changed, byPath, byName);
    }

    private static int rank(String path) {
        for (int i = 0; i < PREFERENCE.size(); i++) {
            if (path.startsWith(PREFERENCE.get(i))) {
                return i;
            }
        }
        return PREFERENCE.size();
    }
}
