package io.burnish.agent.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.NamedLocks;
import io.burnish.agent.command.Commands;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.report.Plugin;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.report.BlockDeviceReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Plug-in {@code linux}: block devices (agent contract, 6). Between full scans a quick one looks whether devices or datasets have come
 * or gone. A worker's storage is of no interest.
 */
public final class LinuxPlugin implements Plugin {

    private static final Path PARTITIONS = Path.of("/proc/partitions");
    private static final List<Path> LINKS = List.of(Path.of("/dev/disk/by-id"), Path.of("/dev/mapper"));

    private final HostSystem host;
    private final ConfigStore config;
    private final BlockDeviceScan scan;
    private String lastQuickScan = "";

    /** The plug-in of a server; tells canonical paths to others. */
    public LinuxPlugin(HostSystem host, NamedLocks locks, DevicePaths paths) {
        this.host = host;
        this.config = new ConfigStore(host);
        this.scan = new BlockDeviceScan(host, locks, paths);
    }

    @Override
    public String name() {
        return BlockDeviceReport.PLUGIN;
    }

    @Override
    public synchronized ObjectNode scan(Commands commands) throws InterruptedException, IOException {
        BlockDeviceReport report = config.profile().worker() ? BlockDeviceReport.empty() : scan.run(commands);
        return ContractJson.mapper().valueToTree(report);
    }

    @Override
    public synchronized Optional<ObjectNode> poll(Commands commands, boolean full)
            throws InterruptedException, IOException {
        // before the full scan: what appears meanwhile is seen by the next quick one
        String seen = config.profile().worker() ? "" : quickScan(commands);
        if (!full && seen.equals(lastQuickScan)) {
            return Optional.empty();
        }
        lastQuickScan = seen;
        return Optional.of(scan(commands));
    }

    @Override
    public boolean reportsConstancy() {
        return false;
    }

    private String quickScan(Commands commands) throws InterruptedException, IOException {
        StringBuilder seen = new StringBuilder();
        seen.append(commands.runIfInstalled("zfs", "list", "-H", "-o", "name,guid")
                .map(CommandResult::stdout)
                .orElse(""));
        seen.append(host.read(PARTITIONS).orElse(""));
        for (Path directory : LINKS) {
            seen.append(host.list(directory));
        }
        return seen.toString();
    }
}
