package io.burnish.agent.device;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MalformedMessageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code lsblk -b -J -O}. Devices with several parents appear once. */
final class Lsblk {

    private Lsblk() {}

    /**
     * A block device as lsblk sees it.
     *
     * @param name for device-mapper devices the mapper's name, else the kernel's
     * @param kname the kernel's name
     * @param type {@code disk}, {@code part}, {@code lvm}, {@code mpath}, {@code raid1}, …
     * @param size bytes
     */
    record Device(
            String name,
            String kname,
            String path,
            String majorMinor,
            String type,
            String fsType,
            long size,
            boolean ro) {

        /** Whether it can never carry a target. */
        boolean irrelevant() {
            return size == 0 || ro || type.equals("loop") || type.equals("rom");
        }
    }

    /** All devices in the order of the output; none if it is not what lsblk prints. */
    static List<Device> parse(String json) {
        Map<String, Device> devices = new LinkedHashMap<>();
        try {
            walk(ContractJson.read(json, JsonNode.class).path("blockdevices"), devices);
        } catch (MalformedMessageException e) {
            return List.of();
        }
        return new ArrayList<>(devices.values());
    }

    private static void walk(JsonNode list, Map<String, Device> devices) {
        for (JsonNode node : list) {
            String majorMinor = node.path("maj:min").asText("").strip();
            if (!majorMinor.isEmpty()) {
                devices.putIfAbsent(majorMinor, device(node, majorMinor));
            }
            walk(node.path("children"), devices);
        }
    }

    private static Device device(JsonNode node, String majorMinor) {
        String name = node.path("name").asText();
        String kname = node.path("kname").asText(name);
        return new Device(
                name,
                kname,
                node.path("path").asText("/dev/" + kname),
                majorMinor,
                node.path("type").asText(""),
                node.hasNonNull("fstype") ? node.get("fstype").asText() : null,
                ByteSize.parse(node.path("size").asText("0")),
                // a boolean, or "0" and "1" of older versions
                node.path("ro").asText("").matches("1|true"));
    }
}
