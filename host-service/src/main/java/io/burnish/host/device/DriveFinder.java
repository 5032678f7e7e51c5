package io.burnish.host.device;

import io.burnish.contracts.agent.report.BlockDeviceReport;
import io.burnish.contracts.agent.report.BlockDeviceReport.DeviceNode;
import io.burnish.contracts.agent.report.BlockDeviceReport.Multipath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds the logical drive to which a device of one server leads. */
final class DriveFinder {

    private final long hostId;
    private final Map<String, DeviceNode> devices;
    private final Map<String, ResourceKey> composites = new HashMap<>();
    private final Map<String, Multipath> multipaths = new HashMap<>();
    /** Devices that stand for a ZFS volume: their node is the volume's own path. */
    private final Set<String> zfsDevices = new HashSet<>();

    DriveFinder(long hostId, BlockDeviceReport report) {
        this.hostId = hostId;
        this.devices = entries(report.devs());
        entries(report.mpath()).values().forEach(mpath -> multipaths.put(mpath.blockDevice(), mpath));
        entries(report.lvs()).forEach((group, volumes) -> volumes.values().forEach(volume -> {
            BlockDeviceReport.VolumeGroup owner = entries(report.vgs()).get(group);
            if (owner != null) {
                composites.put(volume.blockDevice(), logicalVolume(owner.uuid(), volume.uuid()));
            }
        }));
        entries(report.mds())
                .forEach((uuid, raid) ->
                        composites.put(raid.blockDevice(), ResourceKey.shared(ResourceClass.MD_RAID, uuid)));
        entries(report.emcpower())
                .forEach((uuid, raid) ->
                        composites.put(raid.blockDevice(), ResourceKey.shared(ResourceClass.EMC_POWER, uuid)));
        entries(report.zfsvols()).values().forEach(volume -> {
            composites.put(volume.blockDevice(), ResourceKey.shared(ResourceClass.ZFS_VOL, volume.uuid()));
            zfsDevices.add(volume.blockDevice());
        });
    }

    static ResourceKey logicalVolume(String groupUuid, String uuid) {
        return ResourceKey.shared(ResourceClass.LVM_VOLUME, uuid, groupUuid);
    }

    static <V> Map<String, V> entries(Map<String, V> map) {
        return map == null ? Map.of() : map;
    }

    /** Device nodes by {@code major:minor}. */
    Map<String, DeviceNode> devices() {
        return devices;
    }

    /** Whether another entry of the report already gives the node of this device. */
    boolean listedElsewhere(DeviceNode device) {
        return zfsDevices.contains(device.majorMinor());
    }

    /** Bytes of a device, 0 if it is not there. */
    long sizeOf(String majorMinor) {
        DeviceNode device = devices.get(majorMinor);
        return device == null ? 0 : device.size();
    }

    /** The drive of a device. */
    ResourceKey driveOf(DeviceNode device) {
        return driveOf(device, new HashSet<>());
    }

    private ResourceKey driveOf(DeviceNode device, Set<String> visited) {
        ResourceKey composite = composites.get(device.majorMinor());
        if (composite != null) {
            return composite;
        }
        // a report that refers to itself in a circle must not hang the reader
        boolean first = visited.add(device.majorMinor());
        Multipath multipath = multipaths.get(device.majorMinor());
        if (first && multipath != null && !multipath.nodes().isEmpty()) {
            return driveOf(multipath.nodes().getFirst(), visited);
        }
        DeviceNode parent = device.parent() == null ? null : devices.get(device.parent());
        if (first && parent != null && device.partitionNumber() != null) {
            return ResourceKey.slice(
                    ResourceClass.PARTITION, driveOf(parent, visited), Integer.toString(device.partitionNumber()));
        }
        return DriveSerial.of(device)
                .map(serial -> ResourceKey.shared(ResourceClass.SCSI_DEVICE, serial))
                .orElseGet(() -> ResourceKey.local(ResourceClass.UNSHARED_DEVICE, hostId, device.path()));
    }
}
