package io.burnish.host.volume;

import io.burnish.host.device.DriveNode;
import io.burnish.host.device.HostStorage;
import io.burnish.host.device.ResourceKey;
import io.burnish.host.device.StorageResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which logical drives are volumes (API contract, storage 27.1). Pure.
 *
 * <ol>
 *   <li>A drive on which any server has built something (partition, volume group, array, pool) or that a server itself has mounted is no
 *       volume, on no server: what one server does to a shared disk holds for all.
 *   <li>Of the others, the device nodes on which nothing is built are the volume's nodes; no such node, no volume.
 *   <li>If a server has several nodes of a drive and exactly one of them is a device mapper's, only that one counts.
 * </ol>
 */
final class VolumeAssembly {

    private static final Comparator<DriveNode> BY_HOST_AND_PATH =
            Comparator.comparingLong(DriveNode::hostId).thenComparing(DriveNode::path);

    private VolumeAssembly() {}

    /**
     * The volumes among some drives.
     *
     * @param servers the reports of all servers that see one of them
     */
    static List<FoundVolume> of(Set<ResourceKey> drives, Collection<HostStorage> servers) {
        Set<ResourceKey> occupied =
                servers.stream().flatMap(server -> server.occupied().stream()).collect(Collectors.toSet());
        Map<ResourceKey, List<DriveNode>> nodes = servers.stream()
                .flatMap(server -> chosen(server).stream())
                .collect(Collectors.groupingBy(DriveNode::drive));
        List<FoundVolume> volumes = new ArrayList<>();
        for (ResourceKey drive : drives) {
            if (!occupied.contains(drive) && nodes.containsKey(drive)) {
                volumes.add(volume(drive, nodes.get(drive), servers));
            }
        }
        return volumes;
    }

    /** The nodes of a server that can be nodes of volumes. */
    private static List<DriveNode> chosen(HostStorage server) {
        Map<ResourceKey, List<DriveNode>> leaves =
                server.nodes().stream().filter(DriveNode::leaf).collect(Collectors.groupingBy(DriveNode::drive));
        List<DriveNode> chosen = new ArrayList<>();
        for (List<DriveNode> ofDrive : leaves.values()) {
            List<DriveNode> mapped = ofDrive.stream().filter(DriveNode::mapped).toList();
            chosen.addAll(mapped.size() == 1 ? mapped : ofDrive);
        }
        return chosen;
    }

    private static FoundVolume volume(ResourceKey drive, List<DriveNode> nodes, Collection<HostStorage> servers) {
        List<DriveNode> sorted = nodes.stream().sorted(BY_HOST_AND_PATH).toList();
        String filesystemType = sorted.stream()
                .map(DriveNode::filesystemType)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        long size = sorted.stream().mapToLong(DriveNode::size).max().orElse(0);
        return new FoundVolume(drive, label(drive, servers), size, filesystemType, sorted);
    }

    /** A thing built on exactly one other drive is called like that, unless it is a part of it (API contract, storage 27.2). */
    private static String label(ResourceKey drive, Collection<HostStorage> servers) {
        HostStorage reporter = servers.stream()
                .filter(server -> server.resources().containsKey(drive))
                .min(Comparator.comparingLong(HostStorage::hostId))
                .orElseThrow();
        Set<ResourceKey> below = reporter.drivesBelow(drive);
        Optional<StorageResource> only = below.size() == 1 && !drive.type().slice()
                ? Optional.ofNullable(reporter.resources().get(below.iterator().next()))
                : Optional.empty();
        return only.orElseGet(() -> reporter.resources().get(drive)).name();
    }
}
