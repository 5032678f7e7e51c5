package io.burnish.agent.target;

import io.burnish.agent.action.ActionContext;
import io.burnish.agent.command.ActionFailedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What depends on the kind of storage below a target: a block device with ldiskfs, or a ZFS pool. */
interface TargetStorage {

    /**
     * The storage of a device type of the manager.
     *
     * @throws ActionFailedException if there is no such type
     */
    static TargetStorage of(String deviceType) {
        return switch (deviceType) {
            case "linux", "lvm_volume" -> new LdiskfsStorage();
            case "zfs" -> new ZfsStorage();
            default -> throw new ActionFailedException("unknown device type '" + deviceType + "'");
        };
    }

    /** The storage of a backing file system type. */
    static TargetStorage ofBackFilesystem(String type) {
        return of(type.equals("zfs") ? "zfs" : "linux");
    }

    /** Why the device must not be formatted; empty if it looks unused. */
    Optional<String> occupant(ActionContext context, String path) throws InterruptedException;

    /** Prepares the server and the device for formatting. */
    void prepareFormat(ActionContext context, String device) throws InterruptedException;

    /** The device that mkfs gets: a dataset of the target's own in a pool. */
    String formatDevice(String device, String targetName);

    /** Options for mkfs, given those of the manager. */
    Optional<String> mkfsOptions(Optional<String> wanted);

    /** What is on a formatted device. */
    FormatResult inspect(ActionContext context, String device) throws InterruptedException;

    /** The name under which the target is known to Lustre. */
    String label(ActionContext context, String device) throws InterruptedException;

    /** Whether both name the same storage. */
    boolean same(ActionContext context, String device, String other) throws IOException;

    /** What umount gets. */
    String mountSource(ActionContext context, String device) throws IOException;

    /** Makes the device available on this server; {@code force}: the cluster says that the other server has let go. */
    void importDevice(ActionContext context, String path, boolean force) throws InterruptedException;

    /** Gives the device up, so that another server can import it. */
    void exportDevice(ActionContext context, String path) throws InterruptedException;

    /** Runs {@code modprobe} for the first of some modules that this kernel has. */
    static void loadFirst(ActionContext context, List<String> modules) throws InterruptedException {
        for (String module : modules.subList(0, modules.size() - 1)) {
            if (context.commands().run("modprobe", module).ok()) {
                return;
            }
        }
        context.commands().tryRun("modprobe", modules.getLast());
    }

    /** {@code null} inode values where the file system has no fixed ones. */
    record FormatResult(String uuid, String filesystemType, Long inodeSize, Long inodeCount) {}
}
