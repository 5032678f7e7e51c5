package io.burnish.host.device;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.report.BlockDeviceReport.DeviceNode;
import io.burnish.contracts.agent.report.BlockDeviceReport.LocalFilesystem;
import io.burnish.contracts.agent.report.BlockDeviceReport.LogicalVolume;
import io.burnish.contracts.agent.report.BlockDeviceReport.VolumeGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Collects the resources of one server while its report is read. */
final class StorageDraft {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private record Node(ResourceKey key, ResourceKey drive, String path, long size, String filesystemType) {}

    private final long hostId;
    private final DriveFinder drives;
    private final Map<ResourceKey, StorageResource> resources = new LinkedHashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<ResourceKey, Set<String>> builtOn = new HashMap<>();
    private final Map<String, List<String>> paths = new HashMap<>();

    StorageDraft(long hostId, DriveFinder drives) {
        this.hostId = hostId;
        this.drives = drives;
    }

    void volumeGroup(VolumeGroup group) {
        ResourceKey key = ResourceKey.shared(ResourceClass.LVM_GROUP, group.uuid());
        ObjectNode attributes = JSON.objectNode()
                .put("uuid", group.uuid())
                .put("name", group.name())
                .put("size", group.size());
        resources.put(key, new StorageResource(key, group.name(), attributes, new LinkedHashSet<>()));
        builtOn(key, group.pvsMajorMinor() == null ? List.of() : group.pvsMajorMinor());
    }

    void logicalVolume(VolumeGroup group, LogicalVolume volume) {
        ResourceKey key = DriveFinder.logicalVolume(group.uuid(), volume.uuid());
        ObjectNode attributes =
                drive(volume.size(), null).put("uuid", volume.uuid()).put("name", volume.name());
        ResourceKey container = ResourceKey.shared(ResourceClass.LVM_GROUP, group.uuid());
        resources.put(
                key,
                new StorageResource(
                        key, group.name() + "-" + volume.name(), attributes, new LinkedHashSet<>(Set.of(container))));
    }

    /** An array, a pool or a part of one, identified by its uuid; without a name it is called after that. */
    ResourceKey composite(ResourceClass type, String uuid, String name, long size, List<String> below) {
        ResourceKey key = ResourceKey.shared(type, uuid);
        ObjectNode attributes = drive(size, null).put("uuid", uuid);
        if (name != null) {
            attributes.put("name", name);
        }
        String called = name == null ? type.displayName() + " " + uuid : name;
        resources.put(key, new StorageResource(key, called, attributes, new LinkedHashSet<>()));
        builtOn(key, below);
        return key;
    }

    void device(DeviceNode device) {
        if (drives.listedElsewhere(device)) {
            return;
        }
        ResourceKey drive = drives.driveOf(device);
        declare(drive, device);
        node(device.majorMinor(), drive, device.path(), device.size(), device.filesystemType());
    }

    /** A path to a drive. */
    void node(String device, ResourceKey drive, String path, long size, String filesystemType) {
        nodes.put(
                device,
                new Node(
                        ResourceKey.local(ResourceClass.LINUX_DEVICE_NODE, hostId, path),
                        drive,
                        path,
                        size,
                        filesystemType));
    }

    /** A device that bundles other device nodes of the same drive. */
    void pathsBelow(String device, List<String> members) {
        paths.put(device, members);
    }

    void mount(String device, LocalFilesystem filesystem) {
        ResourceKey key = ResourceKey.local(ResourceClass.LOCAL_MOUNT, hostId, filesystem.mountPoint());
        ObjectNode attributes =
                JSON.objectNode().put("fstype", filesystem.type()).put("mount_point", filesystem.mountPoint());
        String name = ResourceClass.LOCAL_MOUNT.displayName() + " " + filesystem.mountPoint();
        resources.put(key, new StorageResource(key, name, attributes, new LinkedHashSet<>()));
        builtOn(key, List.of(device));
    }

    HostStorage finish() {
        nodes.values().forEach(this::declareNode);
        paths.forEach((device, members) -> {
            Node bundle = nodes.get(device);
            if (bundle != null) {
                parents(bundle.key()).addAll(nodeKeys(members));
            }
        });
        builtOn.forEach((key, devices) -> parents(key).addAll(nodeKeys(devices)));
        Set<ResourceKey> parents = new HashSet<>();
        resources.values().forEach(resource -> parents.addAll(resource.parents()));
        List<DriveNode> driveNodes = new ArrayList<>();
        for (Node node : nodes.values()) {
            driveNodes.add(new DriveNode(
                    node.key(),
                    node.drive(),
                    hostId,
                    node.path(),
                    !parents.contains(node.key()),
                    node.size(),
                    node.filesystemType()));
        }
        return new HostStorage(hostId, resources, driveNodes);
    }

    private void builtOn(ResourceKey key, List<String> devices) {
        builtOn.computeIfAbsent(key, k -> new LinkedHashSet<>()).addAll(devices);
    }

    private Set<ResourceKey> parents(ResourceKey key) {
        return resources.get(key).parents();
    }

    private List<ResourceKey> nodeKeys(Iterable<String> devices) {
        List<ResourceKey> keys = new ArrayList<>();
        devices.forEach(device -> {
            if (nodes.containsKey(device)) {
                keys.add(nodes.get(device).key());
            }
        });
        return keys;
    }

    /** Declares the drive of a device, unless the report has told of it already. */
    private void declare(ResourceKey drive, DeviceNode device) {
        StorageResource known = resources.get(drive);
        if (known != null) {
            fillIn(known.attributes(), device);
            return;
        }
        ObjectNode attributes = drive(device.size(), device.filesystemType());
        Set<ResourceKey> parents = new LinkedHashSet<>();
        String name =
                switch (drive.type()) {
                    case SCSI_DEVICE -> {
                        attributes.put("serial", drive.identity().getFirst());
                        yield drive.identity().getFirst();
                    }
                    case PARTITION -> partition(drive, device, attributes, parents);
                    default -> {
                        attributes.put("path", device.path());
                        yield ShortPath.ofDisk(device.path());
                    }
                };
        resources.put(drive, new StorageResource(drive, name, attributes, parents));
    }

    private String partition(ResourceKey drive, DeviceNode device, ObjectNode attributes, Set<ResourceKey> parents) {
        DeviceNode parent = drives.devices().get(device.parent());
        ResourceKey container = drives.driveOf(parent);
        declare(container, parent);
        attributes.put("number", device.partitionNumber());
        parents.add(container);
        return resources.get(container).name() + "-" + drive.identity().getLast();
    }

    private static void fillIn(ObjectNode attributes, DeviceNode device) {
        if (attributes.path("size").asLong() == 0) {
            attributes.put("size", device.size());
        }
        if (!attributes.hasNonNull("filesystem_type") && device.filesystemType() != null) {
            attributes.put("filesystem_type", device.filesystemType());
        }
    }

    private void declareNode(Node node) {
        ObjectNode attributes = JSON.objectNode().put("host_id", hostId).put("path", node.path());
        Set<ResourceKey> parents = new LinkedHashSet<>();
        if (resources.containsKey(Objects.requireNonNull(node.drive()))) {
            parents.add(node.drive());
        }
        String name = hostId + ":" + ShortPath.ofNode(node.path());
        resources.put(node.key(), new StorageResource(node.key(), name, attributes, parents));
    }

    private static ObjectNode drive(long size, String filesystemType) {
        return JSON.objectNode().put("size", size).put("filesystem_type", filesystemType);
    }
}
