package io.burnish.host.device;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that one server reports about storage.
 *
 * @param resources by key
 * @param nodes the paths to the logical drives
 */
public record HostStorage(long hostId, Map<ResourceKey, StorageResource> resources, List<DriveNode> nodes) {

    /** Logical drives that the server sees. */
    public Set<ResourceKey> drives() {
        Set<ResourceKey> drives = new HashSet<>();
        for (ResourceKey key : resources.keySet()) {
            if (key.type().logicalDrive()) {
                drives.add(key);
            }
        }
        return drives;
    }

    /**
     * Drives on which this server has built something: a partition, a volume group, an array, a pool, a mount. A device mapper node of
     * the drive itself does not count.
     */
    public Set<ResourceKey> occupied() {
        Map<ResourceKey, ResourceKey> driveOfNode = new HashMap<>();
        nodes.forEach(node -> driveOfNode.put(node.key(), node.drive()));
        Set<ResourceKey> occupied = new HashSet<>();
        for (StorageResource resource : resources.values()) {
            if (resource.key().type() == ResourceClass.LINUX_DEVICE_NODE) {
                continue;
            }
            for (ResourceKey parent : resource.parents()) {
                occupied.add(driveOfNode.getOrDefault(parent, parent));
            }
        }
        return occupied;
    }

    /** The other logical drives on which a resource is built, directly or not. */
    public Set<ResourceKey> drivesBelow(ResourceKey key) {
        Set<ResourceKey> seen = new LinkedHashSet<>();
        Deque<ResourceKey> queue = new ArrayDeque<>(List.of(key));
        while (!queue.isEmpty()) {
            StorageResource resource = resources.get(queue.poll());
            if (resource != null) {
                resource.parents().stream().filter(seen::add).forEach(queue::add);
            }
        }
        seen.removeIf(below -> !below.type().logicalDrive() || below.equals(key));
        return seen;
    }
}
