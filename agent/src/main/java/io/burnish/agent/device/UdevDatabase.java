package io.burnish.agent.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Block devices in {@code udevadm info --export-db}.
 *
 * @param devices properties ({@code E:} lines) by {@code major:minor}
 */
record UdevDatabase(Map<String, Device> devices) {

    /** Properties of a block device. */
    record Device(Map<String, String> properties) {

        Optional<String> get(String name) {
            return Optional.ofNullable(properties.get(name)).filter(value -> !value.isEmpty());
        }

        /** Symbolic links to it. */
        List<String> links() {
            return get("DEVLINKS").map(links -> List.of(links.split(" "))).orElse(List.of());
        }
    }

    static UdevDatabase parse(String text) {
        Map<String, Device> devices = new LinkedHashMap<>();
        for (List<String> block : blocks(text)) {
            Map<String, String> properties = new HashMap<>();
            for (String line : block) {
                int equals = line.indexOf('=');
                if (line.startsWith("E: ") && equals > 0) {
                    properties.put(line.substring(3, equals), line.substring(equals + 1));
                }
            }
            if ("block".equals(properties.get("SUBSYSTEM"))) {
                devices.put(properties.get("MAJOR") + ":" + properties.get("MINOR"), new Device(properties));
            }
        }
        return new UdevDatabase(devices);
    }

    Optional<Device> find(String majorMinor) {
        return Optional.ofNullable(devices.get(majorMinor));
    }

    private static List<List<String>> blocks(String text) {
        List<List<String>> blocks = new ArrayList<>();
        List<String> block = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (line.isBlank()) {
                blocks.add(block);
                block = new ArrayList<>();
            } else {
                block.add(line);
            }
        }
        blocks.add(block);
        return blocks;
    }
}
