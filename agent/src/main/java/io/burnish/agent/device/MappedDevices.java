package io.burnish.agent.device;

import io.burnish.agent.command.Commands;
import io.burnish.agent.system.CommandResult;
import io.burnish.contracts.agent.report.BlockDeviceReport.DeviceNode;
import io.burnish.contracts.agent.report.BlockDeviceReport.LogicalVolume;
import io.burnish.contracts.agent.report.BlockDeviceReport.Multipath;
import io.burnish.contracts.agent.report.BlockDeviceReport.VolumeGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Volumes of LVM and multipath devices (agent contract, 6.4). Groups and volumes that are not mapped here belong to another server
 * of the shared storage and are left out.
 *
 * @param partitions nodes of mapped partitions, with their parents filled in
 */
record MappedDevices(
        Map<String, VolumeGroup> groups,
        Map<String, Map<String, LogicalVolume>> volumes,
        Map<String, Multipath> multipaths,
        List<DeviceNode> partitions) {

    private static final Pattern PARTITION = Pattern.compile("^(.+?)(?:p|-part)(\\d+)$");
    private static final int GROUP_FIELDS = 3;
    private static final int VOLUME_FIELDS = 4;

    static MappedDevices scan(Commands commands, DeviceTable devices) throws InterruptedException {
        List<String[]> groups = rows(
                commands.runIfInstalled("vgs", "--units", "b", "--noheadings", "-o", "vg_name,vg_uuid,vg_size"),
                GROUP_FIELDS);
        Map<String, List<String[]>> volumes = new TreeMap<>();
        for (String[] group : groups) {
            volumes.put(
                    group[0],
                    rows(
                            commands.runIfInstalled(
                                    "lvs",
                                    "--units",
                                    "b",
                                    "--noheadings",
                                    "-o",
                                    "lv_name,lv_uuid,lv_size,lv_path",
                                    group[0]),
                            VOLUME_FIELDS));
        }
        String table = commands.runIfInstalled("dmsetup", "table")
                .map(CommandResult::stdout)
                .orElse("");
        return assemble(groups, volumes, DmTable.parse(table), devices);
    }

    static MappedDevices assemble(
            List<String[]> groups, Map<String, List<String[]>> volumes, DmTable table, DeviceTable devices) {
        Map<String, VolumeGroup> vgs = new TreeMap<>();
        Map<String, Map<String, LogicalVolume>> lvs = new TreeMap<>();
        for (String[] group : groups) {
            Map<String, LogicalVolume> mapped = new TreeMap<>();
            List<String> physical = new ArrayList<>();
            for (String[] volume : volumes.getOrDefault(group[0], List.of())) {
                String name = DmTable.volumeName(group[0], volume[0]);
                DmTable.Mapping mapping = table.mappings().get(name);
                if (mapping != null) {
                    mapped.put(volume[0], volume(volume, devices.named(name).orElse(null)));
                    mapping.devices().stream()
                            .filter(device -> !physical.contains(device))
                            .forEach(physical::add);
                }
            }
            if (!mapped.isEmpty()) {
                vgs.put(group[0], new VolumeGroup(group[0], group[1], ByteSize.parse(group[2]), physical));
                lvs.put(group[0], mapped);
            }
        }
        return new MappedDevices(vgs, lvs, multipaths(table, devices), partitions(table, devices, lvs));
    }

    private static LogicalVolume volume(String[] fields, String device) {
        return new LogicalVolume(fields[0], fields[1], ByteSize.parse(fields[2]), device);
    }

    private static Map<String, Multipath> multipaths(DmTable table, DeviceTable devices) {
        Map<String, Multipath> multipaths = new TreeMap<>();
        for (DmTable.Mapping mapping : table.mappings().values()) {
            if (mapping.multipath()) {
                List<DeviceNode> paths = mapping.devices().stream()
                        .map(devices.nodes()::get)
                        .filter(Objects::nonNull)
                        .toList();
                String device = devices.named(mapping.name()).orElse(null);
                multipaths.put(mapping.name(), new Multipath(mapping.name(), device, paths));
            }
        }
        return multipaths;
    }

    /**
     * A mapped partition is named after its device, with a number; the kernel only shows a mapped device. A logical volume may have
     * such a name as well.
     */
    private static List<DeviceNode> partitions(
            DmTable table, DeviceTable devices, Map<String, Map<String, LogicalVolume>> volumes) {
        Set<String> volumeNames = new HashSet<>();
        volumes.forEach(
                (group, names) -> names.keySet().forEach(volume -> volumeNames.add(DmTable.volumeName(group, volume))));
        List<DeviceNode> partitions = new ArrayList<>();
        for (String name : table.mappings().keySet()) {
            Matcher matcher = PARTITION.matcher(name);
            if (volumeNames.contains(name)
                    || !matcher.matches()
                    || !table.mappings().containsKey(matcher.group(1))) {
                continue;
            }
            Optional<DeviceNode> node = devices.named(name).map(devices.nodes()::get);
            Optional<String> parent = devices.named(matcher.group(1));
            if (node.isPresent() && parent.isPresent()) {
                partitions.add(asPartition(node.get(), parent.get(), Integer.parseInt(matcher.group(2))));
            }
        }
        return partitions;
    }

    private static DeviceNode asPartition(DeviceNode node, String parent, int number) {
        return new DeviceNode(
                node.majorMinor(),
                node.path(),
                node.paths(),
                null,
                null,
                node.size(),
                node.filesystemType(),
                "partition",
                node.devicePath(),
                number,
                node.isRo(),
                parent);
    }

    private static List<String[]> rows(Optional<CommandResult> result, int fields) {
        return result.map(CommandResult::stdout)
                .orElse("")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length == fields)
                .toList();
    }
}
