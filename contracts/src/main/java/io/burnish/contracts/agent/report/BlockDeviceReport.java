package io.burnish.contracts.agent.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/**
 * Block devices of a server, plug-in {@code linux} (agent contract, 6.2 to 6.4). A {@code block_device} is the {@code major:minor} key
 * of a device in {@code devs}, or for ZFS a made-up one ({@code zfspool:NAME}, {@code zfsset:GUID}).
 *
 * @param vgs LVM volume groups by name
 * @param lvs logical volumes by group name and own name
 * @param zfspools pools without datasets and volumes, by guid
 * @param zfsdatasets datasets by guid
 * @param zfsvols ZFS volumes by path
 * @param mpath multipath devices by name
 * @param devs device nodes by {@code major:minor}
 * @param localFs devices that the system itself uses (mounted, or in fstab), by {@code major:minor}
 * @param emcpower PowerPath devices by uuid
 * @param mds software RAID arrays by uuid
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record BlockDeviceReport(
        Map<String, VolumeGroup> vgs,
        Map<String, Map<String, LogicalVolume>> lvs,
        Map<String, ZfsStorage> zfspools,
        Map<String, ZfsStorage> zfsdatasets,
        Map<String, ZfsStorage> zfsvols,
        Map<String, Multipath> mpath,
        Map<String, DeviceNode> devs,
        Map<String, LocalFilesystem> localFs,
        Map<String, Raid> emcpower,
        Map<String, Raid> mds) {

    /** The name of the plug-in. */
    public static final String PLUGIN = "linux";

    /** A report of a server without storage of interest. */
    public static BlockDeviceReport empty() {
        return new BlockDeviceReport(
                Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    }

    /** {@code size} in bytes. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record VolumeGroup(String name, String uuid, long size, List<String> pvsMajorMinor) {}

    /** {@code size} in bytes. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record LogicalVolume(String name, String uuid, long size, String blockDevice) {}

    /**
     * A pool, a dataset or a ZFS volume.
     *
     * @param path what commands call it: name of pool or dataset, device path of a volume
     * @param size bytes; a dataset's is what is available to it
     * @param drives {@code major:minor} of the pool's members that this server has
     * @param filesystemType {@code zfs} for a dataset, else {@code null}
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ZfsStorage(
            String name,
            String path,
            String blockDevice,
            String uuid,
            long size,
            List<String> drives,
            String filesystemType) {}

    /** Only paths that this server has. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Multipath(String name, String blockDevice, List<DeviceNode> nodes) {}

    /** A software RAID array or a PowerPath device over {@code drives} ({@code major:minor}). */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Raid(String path, String blockDevice, List<String> drives) {}

    /** Written as {@code ["/boot", "xfs"]}. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    public record LocalFilesystem(String mountPoint, String type) {}

    /**
     * A block device.
     *
     * @param path the preferred of {@code paths}: mapper before by-id before by-path before others
     * @param serial80 unit serial number page, {@code null} if none
     * @param serial83 device identification page, {@code null} if none: the same on all servers that see the device
     * @param size bytes
     * @param filesystemType {@code null}: looks empty
     * @param deviceType {@code disk} or {@code partition}
     * @param devicePath below {@code /sys}
     * @param parent {@code major:minor} of a partition's disk
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record DeviceNode(
            String majorMinor,
            String path,
            List<String> paths,
            @JsonProperty("serial_80") String serial80,
            @JsonProperty("serial_83") String serial83,
            long size,
            String filesystemType,
            String deviceType,
            String devicePath,
            Integer partitionNumber,
            boolean isRo,
            String parent) {}
}
