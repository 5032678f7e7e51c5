package io.burnish.agent.lustre;

import io.burnish.agent.command.Commands;
import io.burnish.agent.device.DevicePaths;
import io.burnish.agent.system.CommandResult;
import io.burnish.contracts.agent.report.LustreReport.Mount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mounted targets with what identifies them (agent contract, 5.1). Identities are remembered while a target stays mounted. */
public final class MountedTargets {

    private final DevicePaths paths;
    private Map<MountTable.Entry, Identity> known = Map.of();

    MountedTargets(DevicePaths paths) {
        this.paths = paths;
    }

    private record Identity(String uuid, String label) {}

    List<Mount> scan(List<MountTable.Entry> entries, Commands commands) throws InterruptedException {
        Map<MountTable.Entry, Identity> seen = new HashMap<>();
        for (MountTable.Entry entry : entries) {
            Optional<Identity> identity =
                    known.containsKey(entry) ? Optional.of(known.get(entry)) : identify(entry, commands);
            identity.ifPresent(found -> seen.put(entry, found));
        }
        known = seen;
        Map<String, Map<String, String>> recovery = entries.isEmpty() ? Map.of() : recovery(commands);
        List<Mount> mounts = new ArrayList<>();
        for (MountTable.Entry entry : entries) {
            Identity identity = seen.get(entry);
            if (identity != null) {
                mounts.add(new Mount(
                        paths.canonical(entry.source()),
                        identity.uuid(),
                        entry.mountPoint(),
                        identity.label(),
                        recovery.getOrDefault(identity.label(), Map.of())));
            }
        }
        return mounts;
    }

    /** The uuid of the file system on a block device, or the guid of a dataset: how a target is known wherever it is seen. */
    public static Optional<String> uuid(String device, Commands commands) throws InterruptedException {
        return device.startsWith("/")
                ? line(commands, "blkid", "-p", "-o", "value", "-s", "UUID", device)
                : line(commands, "zfs", "get", "-H", "-o", "value", "guid", device);
    }

    private static Optional<Identity> identify(MountTable.Entry entry, Commands commands) throws InterruptedException {
        String device = entry.source();
        boolean block = device.startsWith("/");
        Optional<String> uuid = uuid(device, commands);
        if (uuid.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> label = entry.serviceName();
        if (label.isEmpty()) {
            label = block
                    ? line(commands, "blkid", "-c/dev/null", "-o", "value", "-s", "LABEL", device)
                    : line(commands, "zfs", "get", "-H", "-o", "value", "lustre:svname", device);
        }
        return Optional.of(new Identity(uuid.get(), label.orElse("")));
    }

    /** Recovery status per target. */
    private static Map<String, Map<String, String>> recovery(Commands commands) throws InterruptedException {
        Map<String, Map<String, String>> recovery = new HashMap<>();
        String text = commands.runIfInstalled(
                        "lctl", "get_param", "mdt.*.recovery_status", "obdfilter.*.recovery_status")
                .map(CommandResult::stdout)
                .orElse("");
        GetParamOutput.parse(text).values().forEach((name, value) -> {
            String[] parts = name.split("\\.");
            if (parts.length == 3) {
                recovery.put(parts[1], RecoveryStatus.parse(value));
            }
        });
        return recovery;
    }

    private static Optional<String> line(Commands commands, String... args) throws InterruptedException {
        return commands.runIfInstalled(args)
                .filter(CommandResult::ok)
                .map(result -> result.stdout().strip())
                .filter(text -> !text.isEmpty() && !text.equals("-"));
    }
}
