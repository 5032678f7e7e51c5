package io.burnish.agent.target;

import io.burnish.agent.action.ActionContext;
import io.burnish.agent.lustre.MountTable;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Mounts and unmounts targets (agent contract, 9.3). Looks first and afterwards, so both may be repeated. */
record TargetMount(ActionContext context, TargetStorage storage) {

    // no such file, input/output error, transport shut down: the MGS may have been about to start (19.1)
    private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(2, 5, 108);

    /** Mounts; the mount point exists afterwards. */
    void mount(String device, String mountPoint) throws InterruptedException, IOException {
        context.host().createDirectories(java.nio.file.Path.of(mountPoint));
        if (mountedAt(device, mountPoint)) {
            return;
        }
        CommandLine mount = CommandLine.of("mount", "-t", "lustre", device, mountPoint);
        CommandResult result = context.commands().run(mount);
        if (WORTH_ANOTHER_TRY.contains(result.rc())) {
            result = context.commands().run(mount);
        }
        if (!result.ok() && !mountedAt(device, mountPoint)) {
            throw context.commands().failure(mount, result);
        }
    }

    /** Unmounts wherever the device is mounted. */
    void unmount(String device) throws InterruptedException, IOException {
        if (mounted(device).isEmpty()) {
            return;
        }
        CommandLine umount = CommandLine.of("umount", storage.mountSource(context, device));
        CommandResult result = context.commands().run(umount);
        if (!result.ok() && mounted(device).isPresent()) {
            throw context.commands().failure(umount, result);
        }
    }

    /** Whether the device is what is mounted there. */
    boolean mountedAt(String device, String mountPoint) throws IOException {
        Optional<MountTable.Entry> entry = MountTable.current(context.host()).at(mountPoint);
        return entry.isPresent()
                && entry.get().type().equals("lustre")
                && storage.same(context, device, entry.get().source());
    }

    private Optional<MountTable.Entry> mounted(String device) throws IOException {
        for (MountTable.Entry entry : MountTable.current(context.host()).targets()) {
            if (storage.same(context, device, entry.source())) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }
}
