package io.burnish.agent.device;

import io.burnish.agent.command.Commands;
import io.burnish.agent.system.CommandResult;
import io.burnish.contracts.agent.report.BlockDeviceReport.DeviceNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joins what lsblk and udev know of block devices (agent contract, 6.3). */
final class DeviceScan {

    private static final UdevDatabase.Device UNKNOWN = new UdevDatabase.Device(Map.of());

    private final ScsiSerials serials;

    DeviceScan(ScsiSerials serials) {
        this.serials = serials;
    }

    DeviceTable run(Commands commands) throws InterruptedException {
        List<Lsblk.Device> devices = Lsblk.parse(output(commands, "lsblk", "-b", "-J", "-O"));
        UdevDatabase udev = UdevDatabase.parse(output(commands, "udevadm", "info", "--export-db"));
        Map<String, String> byDevicePath = new HashMap<>();
        udev.devices()
                .forEach((number, device) -> device.get("DEVPATH").ifPresent(path -> byDevicePath.put(path, number)));
        Map<String, String> byName = new HashMap<>();
        List<DeviceNode> nodes = new ArrayList<>();
        for (Lsblk.Device device : devices) {
            byName.put(device.kname(), device.majorMinor());
            byName.put(device.name(), device.majorMinor());
            if (!device.irrelevant()) {
                UdevDatabase.Device known = udev.find(device.majorMinor()).orElse(UNKNOWN);
                ScsiSerials.Serials numbers =
                        carriesSerial(device) ? serials.of(device, known, commands) : ScsiSerials.Serials.NONE;
                nodes.add(node(device, known, numbers, byDevicePath));
            }
        }
        return DeviceTable.of(nodes, byName);
    }

    private static String output(Commands commands, String... args) throws InterruptedException {
        return commands.runIfInstalled(args).map(CommandResult::stdout).orElse("");
    }

    /** Partitions and mapped devices are identified by what they are made of. */
    private static boolean carriesSerial(Lsblk.Device device) {
        return device.type().equals("disk")
                && !device.kname().startsWith("dm-")
                && !device.kname().startsWith("zd");
    }

    private static DeviceNode node(
            Lsblk.Device device,
            UdevDatabase.Device udev,
            ScsiSerials.Serials serials,
            Map<String, String> byDevicePath) {
        List<String> paths = DeviceTable.paths(device.path(), device.kname(), udev.links());
        Optional<String> devicePath = udev.get("DEVPATH");
        boolean partition = udev.get("DEVTYPE")
                .map("partition"::equals)
                .orElse(device.type().equals("part"));
        String parent = partition
                ? devicePath
                        .map(path -> path.substring(0, path.lastIndexOf('/')))
                        .map(byDevicePath::get)
                        .orElse(null)
                : null;
        return new DeviceNode(
                device.majorMinor(),
                paths.getFirst(),
                paths,
                serials.page80(),
                serials.page83(),
                device.size(),
                udev.get("ID_FS_TYPE").orElse(device.fsType()),
                partition ? "partition" : "disk",
                devicePath.orElse(null),
                partition
                        ? udev.get("ID_PART_ENTRY_NUMBER")
                                .or(() -> udev.get("PARTN"))
                                .map(Integer::valueOf)
                                .orElse(null)
                        : null,
                device.ro(),
                parent);
    }
}
