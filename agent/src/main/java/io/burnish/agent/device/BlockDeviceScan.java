package io.burnish.agent.device;

import io.burnish.agent.NamedLocks;
import io.burnish.agent.command.Commands;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.agent.report.BlockDeviceReport;
import io.burnish.contracts.agent.report.BlockDeviceReport.ZfsStorage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The full scan of a server's block devices (agent contract, 6.2). */
final class BlockDeviceScan {

    private final HostSystem host;
    private final DeviceScan devices = new DeviceScan(new ScsiSerials());
    private final ZfsScan zfs;
    private final DevicePaths paths;

    BlockDeviceScan(HostSystem host, NamedLocks locks, DevicePaths paths) {
        this.host = host;
        this.zfs = new ZfsScan(host, locks);
        this.paths = paths;
    }

    BlockDeviceReport run(Commands commands) throws InterruptedException, IOException {
        commands.runIfInstalled("partprobe");
        commands.runIfInstalled("udevadm", "settle");
        DeviceTable table = devices.run(commands);
        MappedDevices mapped = MappedDevices.scan(commands, table);
        DeviceTable all = table.with(mapped.partitions());
        paths.update(all);
        List<ZfsPoolContent> pools = zfs.run(commands, all);
        Map<String, ZfsStorage> usablePools = new TreeMap<>();
        Map<String, ZfsStorage> datasets = new TreeMap<>();
        Map<String, ZfsStorage> volumes = new TreeMap<>();
        for (ZfsPoolContent pool : pools) {
            pool.usablePool().ifPresent(usable -> usablePools.put(usable.uuid(), usable));
            datasets.putAll(pool.datasets());
            volumes.putAll(pool.volumes());
        }
        return new BlockDeviceReport(
                mapped.groups(),
                mapped.volumes(),
                usablePools,
                datasets,
                volumes,
                mapped.multipaths(),
                all.nodes(),
                new LocalFilesystems(host, commands, all).scan(),
                new PowerPath(host, commands, all).scan(),
                new RaidArrays(host, commands, all).scan());
    }
}
