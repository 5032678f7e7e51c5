package io.burnish.standalone.suite;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.burnish.platform.process.Ports;
import io.burnish.standalone.install.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The loopback ports of a suite, by name: free ones at the first start, the same ones at every later start, so that servers which
 * know the hub's address find it again.
 */
public final class SuitePorts {

    static final String HTTPS = "https";
    static final String HUB = "hub";
    static final String POSTGRES = "postgres";
    static final String KAFKA = "kafka";
    static final String KAFKA_CONTROLLER = "kafka-controller";
    static final String SIMULATOR = "simulator";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Integer> byName;

    private SuitePorts(Map<String, Integer> byName) {
        this.byName = Map.copyOf(byName);
    }

    /**
     * Reads the ports of the earlier run, replaces those that are taken now, and keeps the result.
     *
     * @param https the gateway's port, or 0 for a free one
     * @throws IOException if the gateway's or the hub's port is taken: others know them, so they are not replaced
     */
    static SuitePorts assign(Path file, int https) throws IOException {
        Map<String, Integer> ports = new LinkedHashMap<>();
        if (Files.exists(file)) {
            ports.putAll(JSON.readValue(file.toFile(), new TypeReference<Map<String, Integer>>() {}));
        }
        if (https != 0) {
            ports.put(HTTPS, https);
        }
        for (String fixed : List.of(HTTPS, HUB)) {
            if (ports.containsKey(fixed) && !Ports.isFree(ports.get(fixed))) {
                throw new IOException("Port %d (%s) is taken by another program. %s"
                        .formatted(
                                ports.get(fixed),
                                fixed,
                                fixed.equals(HTTPS)
                                        ? "End it, or choose another port with --port."
                                        : "Registered servers connect to it: end the other program."));
            }
        }
        List<String> wanted = names().stream()
                .filter(name -> !ports.containsKey(name) || !Ports.isFree(ports.get(name)))
                .toList();
        List<Integer> free = Ports.free(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            ports.put(wanted.get(i), free.get(i));
        }
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(ports) + "\n");
        return new SuitePorts(ports);
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of(HTTPS, HUB, POSTGRES, KAFKA, KAFKA_CONTROLLER, SIMULATOR));
        names.addAll(Installation.services());
        return names;
    }

    /** The port of that name: {@code https}, {@code hub}, {@code postgres}, …, or a service's name for its internal port. */
    public int of(String name) {
        Integer port = byName.get(name);
        if (port == null) {
            throw new IllegalArgumentException("no port is called " + name);
        }
        return port;
    }
}
