package io.burnish.agent.device;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** One path per device, so that names from different sources compare (agent contract, 6.5); from the last scan of devices. */
public final class DevicePaths {

    private final AtomicReference<Map<String, String>> preferred = new AtomicReference<>(Map.of());

    /** The path that the device reports use; the given one if the device is not known. */
    public String canonical(String path) {
        return preferred.get().getOrDefault(path, path);
    }

    void update(DeviceTable devices) {
        Map<String, String> paths = new java.util.HashMap<>();
        devices.nodes().values().forEach(node -> node.paths().forEach(path -> paths.put(path, node.path())));
        preferred.set(Map.copyOf(paths));
    }
}
