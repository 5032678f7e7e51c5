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
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Multipath devices of EMC PowerPath (agent contract, 6.4). */
record PowerPath(HostSystem host, Commands commands, DeviceTable devices) {

    private static final Pattern NAME = Pattern.compile("emcpower\\w+");
    private static final Pattern ID = Pattern.compile("Logical device ID=([0-9A-F]{32})");
    private static final String RULER = "====";
    private static final int DEVICE_WORD = 2;

    /** Devices by uuid. */
    Map<String, Raid> scan() throws InterruptedException, IOException {
        Map<String, Raid> found = new TreeMap<>();
        for (String name : host.list(Path.of("/dev"))) {
            if (!NAME.matcher(name).matches()) {
                continue;
            }
            Optional<CommandResult> shown = commands.runIfInstalled("powermt", "display", "dev=" + name);
            String text = shown.map(CommandResult::stdout).orElse("");
            uuid(text).ifPresent(uuid -> found.put(uuid, raid(name, text)));
        }
        return found;
    }

    /** The device's id in four groups of eight. */
    static Optional<String> uuid(String text) {
        Matcher matcher = ID.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).replaceAll("(.{8})(?=.)", "$1:")) : Optional.empty();
    }

    static List<String> drives(String text) {
        List<String> drives = new ArrayList<>();
        int rulers = 0;
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split("\\s+");
            if (line.startsWith(RULER)) {
                rulers++;
            } else if (rulers == 2 && words.length > DEVICE_WORD) {
                drives.add(words[DEVICE_WORD]);
            }
        }
        return drives;
    }

    private Raid raid(String name, String text) {
        List<String> numbers = new ArrayList<>();
        drives(text).forEach(drive -> devices.named(drive).ifPresent(numbers::add));
        return new Raid("/dev/" + name, devices.named(name).orElse(null), numbers);
    }
}
