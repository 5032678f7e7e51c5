package io.burnish.host.device;

import java.util.Arrays;

/**
 * The built-in classes of storage resources, plug-in {@code linux} (API contract, storage 8; agent contract, 6.6).
 *
 * <p>A <em>logical drive</em> is something that can carry a file system. A <em>slice</em> is a part of another thing and is called by
 * its own name.
 */
public enum ResourceClass {
    SCSI_DEVICE("ScsiDevice", "SCSI device", Kind.DRIVE, "linux"),
    UNSHARED_DEVICE("UnsharedDevice", "UnsharedDevice", Kind.LOCAL_DRIVE, "linux"),
    PARTITION("Partition", "Partition", Kind.SLICE, "linux"),
    MD_RAID("MdRaid", "MdRaid", Kind.DRIVE, "linux"),
    EMC_POWER("EMCPower", "EMCPower", Kind.DRIVE, "linux"),
    ZFS_POOL("ZfsPool", "ZfsPool", Kind.DRIVE, "zfs"),
    ZFS_DATASET("ZfsDataset", "ZfsDataset", Kind.DRIVE, "zfs"),
    ZFS_VOL("ZfsVol", "ZfsVol", Kind.DRIVE, "zfs"),
    LVM_VOLUME("LvmVolume", "Logical volume", Kind.SLICE, "lvm_volume"),
    LVM_GROUP("LvmGroup", "Volume group", Kind.OTHER, null),
    LINUX_DEVICE_NODE("LinuxDeviceNode", "LinuxDeviceNode", Kind.LOCAL, null),
    LOCAL_MOUNT("LocalMount", "LocalMount", Kind.LOCAL, null);

    private enum Kind {
        DRIVE,
        LOCAL_DRIVE,
        SLICE,
        OTHER,
        LOCAL
    }

    private final String className;
    private final String displayName;
    private final Kind kind;
    private final String deviceType;

    ResourceClass(String className, String displayName, Kind kind, String deviceType) {
        this.className = className;
        this.displayName = displayName;
        this.kind = kind;
        this.deviceType = deviceType;
    }

    /** Name in the API. */
    public String className() {
        return className;
    }

    /** Name for people; {@code kind} of a volume. */
    public String displayName() {
        return displayName;
    }

    /** Which commands serve the device: {@code linux}, {@code lvm_volume} or {@code zfs}; {@code null} if it is no logical drive. */
    public String deviceType() {
        return deviceType;
    }

    /** Whether a file system can be put on it. */
    public boolean logicalDrive() {
        return kind == Kind.DRIVE || kind == Kind.LOCAL_DRIVE || kind == Kind.SLICE;
    }

    /** Whether it is a part of another thing. */
    public boolean slice() {
        return kind == Kind.SLICE;
    }

    /** Whether its identity means something on one server only. */
    public boolean perHost() {
        return kind == Kind.LOCAL || kind == Kind.LOCAL_DRIVE;
    }

    /** Whether targets may be made of it (API contract, storage 5.1: not of ZFS datasets). */
    public boolean usableForLustre() {
        return logicalDrive() && this != ZFS_DATASET;
    }

    /**
     * The class of that API name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ResourceClass of(String className) {
        return Arrays.stream(values())
                .filter(type -> type.className.equals(className))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no class of storage resources is called " + className));
    }
}
