package io.burnish.agent.device;

import io.burnish.agent.command.Commands;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.agent.report.BlockDeviceReport.Raid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Software RAID (agent contract, 6.4). */
record RaidArrays(HostSystem host, Commands commands, DeviceTable devices) {

    private static final Path MDSTAT = Path.of("/proc/mdstat");
    private static final Path LINKS = Path.of("/dev/md");
    private static final Pattern ACTIVE = Pattern.compile("^(md\\d+) : active", Pattern.MULTILINE);
    private static final Pattern UUID = Pattern.compile("(?:^|\\s)UUID=(\\S+)");
    private static final Pattern DRIVES = Pattern.compile("(?:^|\\s)devices=(\\S+)");

    /** Arrays by uuid. */
    Map<String, Raid> scan() throws InterruptedException, IOException {
        Map<String, Raid> arrays = new TreeMap<>();
        for (String name : active(host.read(MDSTAT).orElse(""))) {
            String path = link(name);
            Optional<CommandResult> detail = commands.runIfInstalled("mdadm", "--brief", "--detail", "--verbose", path);
            if (detail.isPresent() && detail.get().ok()) {
                String text = detail.get().stdout();
                uuid(text).ifPresent(uuid -> arrays.put(uuid, raid(name, path, drives(text))));
            }
        }
        return arrays;
    }

    static List<String> active(String mdstat) {
        return ACTIVE.matcher(mdstat).results().map(match -> match.group(1)).toList();
    }

    static Optional<String> uuid(String detail) {
        Matcher matcher = UUID.matcher(detail);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    static List<String> drives(String detail) {
        Matcher matcher = DRIVES.matcher(detail);
        return matcher.find() ? List.of(matcher.group(1).split(",")) : List.of();
    }

    private Raid raid(String name, String path, List<String> drives) {
        List<String> numbers = new ArrayList<>();
        drives.forEach(drive -> devices.atPath(drive).ifPresent(numbers::add));
        String device = Stream.of(devices.named(name), devices.atPath(path))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
        return new Raid(path, device, numbers);
    }

    /** The name that an administrator gave, which is a link to the kernel's. */
    private String link(String name) throws IOException {
        Path kernelName = Path.of("/dev", name);
        for (String link : host.list(LINKS)) {
            Path candidate = LINKS.resolve(link);
            if (Objects.equals(host.realPath(candidate).orElse(null), kernelName)) {
                return candidate.toString();
            }
        }
        return kernelName.toString();
    }
}
