package io.burnish.agent.device;

import io.burnish.agent.command.Commands;
import io.burnish.agent.lustre.MountTable;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.agent.report.BlockDeviceReport.LocalFilesystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Devices that the system itself uses: they must never be offered for targets (agent contract, 6.4). */
record LocalFilesystems(HostSystem host, Commands commands, DeviceTable devices) {

    private static final Path FSTAB = Path.of("/etc/fstab");
    private static final String BY_UUID = "UUID=";

    /** What is on fstab or mounted now, without Lustre, by device. */
    Map<String, LocalFilesystem> scan() throws InterruptedException, IOException {
        Map<String, LocalFilesystem> found = new TreeMap<>();
        add(MountTable.parse(host.read(FSTAB).orElse("")), found);
        add(MountTable.current(host), found);
        return found;
    }

    private void add(MountTable table, Map<String, LocalFilesystem> found) throws InterruptedException {
        for (MountTable.Entry entry : table.entries()) {
            if (entry.type().equals("lustre")) {
                continue;
            }
            device(entry.source())
                    .ifPresent(device -> found.put(device, new LocalFilesystem(entry.mountPoint(), entry.type())));
        }
    }

    private Optional<String> device(String source) throws InterruptedException {
        if (!source.startsWith(BY_UUID)) {
            return devices.atPath(source);
        }
        String uuid = source.substring(BY_UUID.length()).replace("\"", "");
        return commands.runIfInstalled("blkid", "-U", uuid)
                .filter(CommandResult::ok)
                .flatMap(result -> devices.atPath(result.stdout().strip()));
    }
}
