package io.burnish.host.device;

import io.burnish.contracts.agent.report.BlockDeviceReport;
import io.burnish.contracts.agent.report.BlockDeviceReport.LogicalVolume;
import io.burnish.contracts.agent.report.BlockDeviceReport.Raid;
import io.burnish.contracts.agent.report.BlockDeviceReport.VolumeGroup;
import io.burnish.contracts.agent.report.BlockDeviceReport.ZfsStorage;
import java.util.List;
import java.util.Map;

/**
 * Turns a server's device report into storage resources (agent contract, 6.6). Pure.
 *
 * <p>What a device node leads to is decided in this order: a logical volume, an array or a PowerPath device; the disk behind a
 * multipath device; a partition of its parent; a disk with a serial, which is the same on all servers; else a disk of this
 * server alone.
 */
public final class StorageReader {

    private final BlockDeviceReport report;
    private final StorageDraft draft;
    private final DriveFinder drives;

    private StorageReader(long hostId, BlockDeviceReport report) {
        this.report = report;
        this.drives = new DriveFinder(hostId, report);
        this.draft = new StorageDraft(hostId, drives);
    }

    /** Everything the report says; components that are {@code null} count as empty. */
    public static HostStorage read(long hostId, BlockDeviceReport report) {
        return new StorageReader(hostId, report).read();
    }

    private HostStorage read() {
        readLvm();
        DriveFinder.entries(report.mds()).forEach((uuid, raid) -> array(ResourceClass.MD_RAID, uuid, raid));
        DriveFinder.entries(report.emcpower()).forEach((uuid, raid) -> array(ResourceClass.EMC_POWER, uuid, raid));
        readZfs();
        drives.devices().values().forEach(draft::device);
        DriveFinder.entries(report.mpath())
                .forEach((name, mpath) -> draft.pathsBelow(
                        mpath.blockDevice(),
                        mpath.nodes().stream()
                                .map(BlockDeviceReport.DeviceNode::majorMinor)
                                .toList()));
        DriveFinder.entries(report.localFs()).forEach(draft::mount);
        return draft.finish();
    }

    private void readLvm() {
        Map<String, VolumeGroup> groups = DriveFinder.entries(report.vgs());
        groups.values().forEach(draft::volumeGroup);
        DriveFinder.entries(report.lvs()).forEach((groupName, volumes) -> {
            VolumeGroup group = groups.get(groupName);
            if (group != null) {
                for (LogicalVolume volume : volumes.values()) {
                    draft.logicalVolume(group, volume);
                }
            }
        });
    }

    private void array(ResourceClass type, String uuid, Raid raid) {
        draft.composite(type, uuid, null, drives.sizeOf(raid.blockDevice()), raid.drives());
    }

    private void readZfs() {
        zfs(ResourceClass.ZFS_POOL, report.zfspools());
        zfs(ResourceClass.ZFS_DATASET, report.zfsdatasets());
        zfs(ResourceClass.ZFS_VOL, report.zfsvols());
    }

    private void zfs(ResourceClass type, Map<String, ZfsStorage> storages) {
        for (ZfsStorage storage : DriveFinder.entries(storages).values()) {
            List<String> below = storage.drives() == null ? List.of() : storage.drives();
            ResourceKey key = draft.composite(type, storage.uuid(), storage.name(), storage.size(), below);
            draft.node(storage.blockDevice(), key, storage.path(), storage.size(), storage.filesystemType());
        }
    }
}
