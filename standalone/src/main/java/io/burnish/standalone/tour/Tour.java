package io.burnish.standalone.tour;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.standalone.client.ApiClient;
import io.burnish.standalone.client.ApiException;
import io.burnish.standalone.client.CommandWatch;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Adds the four servers, shows their volumes, and creates a file system of one MGT, one MDT and four OSTs. */
public final class Tour {

    /** Name of the file system. */
    public static final String FILESYSTEM = "demo";

    /** Servers of the simulated cluster. */
    public static final List<String> SERVERS =
            List.of("mds1.lab.example", "mds2.lab.example", "oss1.lab.example", "oss2.lab.example");

    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(10);
    private static final Duration VOLUMES_LIMIT = Duration.ofMinutes(2);
    private static final int VOLUMES = 12;

    private final ApiClient client;
    private final String serverPassword;
    private final PrintStream out;
    private final boolean terminal;

    /**
     * A tour through a client that is logged in.
     *
     * @param serverPassword root's password on the servers
     * @param terminal whether progress bars may be drawn again in place
     */
    public Tour(ApiClient client, String serverPassword, PrintStream out, boolean terminal) {
        this.client = client;
        this.serverPassword = serverPassword;
        this.out = out;
        this.terminal = terminal;
    }

    /** The whole tour. What is there already (an earlier run on the same data) is left as it is. */
    public void run() {
        addServers();
        showVolumes(awaitVolumes());
        createFilesystem();
        showFilesystem();
    }

    /** Adds the servers that are not there, all at once, and waits until they are set up. */
    public void addServers() {
        List<String> present = new ArrayList<>();
        objects("/api/host/?limit=0")
                .forEach(host -> present.add(host.path("address").asText()));
        List<Map<String, String>> wanted = SERVERS.stream()
                .filter(server -> !present.contains(server))
                .map(server -> Map.of(
                        "address",
                        server,
                        "auth_type",
                        "id_password_root",
                        "root_password",
                        serverPassword,
                        "server_profile",
                        "/api/server_profile/base_managed_rh7/"))
                .toList();
        if (wanted.isEmpty()) {
            out.println("The servers are there already.");
            return;
        }
        out.println("Adding " + wanted.size() + " servers over SSH");
        JsonNode reply = client.post("/api/host/", Map.of("objects", wanted)).orThrow("Adding the servers");
        for (JsonNode one : reply.path("objects")) {
            follow(one.path("command_and_host").path("command"));
        }
    }

    /** The volumes, when all of them are discovered and have a primary and a failover server. */
    public List<JsonNode> awaitVolumes() {
        Instant deadline = Instant.now().plus(VOLUMES_LIMIT);
        while (true) {
            List<JsonNode> volumes = objects("/api/volume/?limit=0").stream()
                    .filter(volume -> volume.path("volume_nodes").size() == 2)
                    .toList();
            if (volumes.size() >= VOLUMES) {
                return volumes;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new ApiException("only " + volumes.size() + " of " + VOLUMES + " volumes were discovered", 0);
            }
            pause();
        }
    }

    private void showVolumes(List<JsonNode> volumes) {
        out.println("Volumes that the servers share:");
        out.printf("  %4s  %-22s %10s  %-18s %-18s%n", "id", "label", "size", "primary", "failover");
        for (JsonNode volume : volumes) {
            out.printf(
                    "  %4d  %-22s %8.1f G  %-18s %-18s%n",
                    volume.path("id").asLong(),
                    volume.path("label").asText(),
                    volume.path("size").asLong() / 1e9,
                    server(volume, true),
                    server(volume, false));
        }
    }

    private static String server(JsonNode volume, boolean primary) {
        for (JsonNode node : volume.path("volume_nodes")) {
            if (node.path("primary").asBoolean() == primary && node.path("use").asBoolean()) {
                return node.path("host_label").asText();
            }
        }
        return "-";
    }

    /** Creates the file system unless it is there; waits until it is available. */
    public void createFilesystem() {
        if (!objects("/api/filesystem/?name=" + FILESYSTEM).isEmpty()) {
            out.println("The file system is there already.");
            return;
        }
        out.println("Creating file system '" + FILESYSTEM + "'");
        follow(client.post("/api/filesystem/", filesystem(FILESYSTEM, unused()))
                .orThrow("Creating the file system")
                .path("command"));
    }

    /** The unused volumes, smallest first. */
    public List<JsonNode> unused() {
        return objects("/api/volume/?category=unused&limit=0").stream()
                .sorted(Comparator.comparingLong(
                                (JsonNode volume) -> volume.path("size").asLong())
                        .thenComparingLong(volume -> volume.path("id").asLong()))
                .toList();
    }

    /** The body that creates a file system: MGT and MDT on volumes of the metadata servers, four OSTs on the others. */
    public static Map<String, Object> filesystem(String name, List<JsonNode> unused) {
        List<Long> metadata = ids(unused, "mds");
        List<Long> objects = ids(unused, "oss");
        if (metadata.size() < 2 || objects.size() < 4) {
            throw new ApiException("too few unused volumes: " + metadata + " and " + objects, 0);
        }
        return Map.of(
                "name",
                name,
                "mgt",
                Map.of("volume_id", metadata.get(0)),
                "mdts",
                List.of(Map.of("volume_id", metadata.get(1), "conf_params", Map.of())),
                "osts",
                objects.stream()
                        .limit(4)
                        .map(id -> Map.of("volume_id", id, "conf_params", Map.of()))
                        .toList(),
                "conf_params",
                Map.of());
    }

    private static List<Long> ids(List<JsonNode> volumes, String serverPrefix) {
        return volumes.stream()
                .filter(volume -> server(volume, true).startsWith(serverPrefix))
                .map(volume -> volume.path("id").asLong())
                .toList();
    }

    private void showFilesystem() {
        JsonNode filesystem = objects("/api/filesystem/?name=" + FILESYSTEM).getFirst();
        out.println("File system '%s' is %s. Clients mount it with:"
                .formatted(FILESYSTEM, filesystem.path("state").asText()));
        out.println("  " + filesystem.path("mount_command").asText());
        out.printf("  %-16s %-10s %-18s %-18s%n", "target", "state", "active on", "failover");
        for (JsonNode target : objects("/api/target/?limit=0")) {
            out.printf(
                    "  %-16s %-10s %-18s %-18s%n",
                    target.path("name").asText(),
                    target.path("state").asText(),
                    target.path("active_host_name").asText("-"),
                    target.path("failover_server_name").asText("-"));
        }
    }

    /** Waits for a command with a progress bar; throws unless it ends well. */
    public void follow(JsonNode command) {
        ProgressBar bar = new ProgressBar(out, terminal);
        CommandWatch.Progress end =
                new CommandWatch(client).await(command.path("id").asLong(), COMMAND_LIMIT, bar::show);
        if (!end.succeeded()) {
            throw new ApiException(
                    "'%s' has %s:%n  %s".formatted(end.message(), end.state(), String.join("\n  ", end.failures())), 0);
        }
    }

    private List<JsonNode> objects(String path) {
        List<JsonNode> found = new ArrayList<>();
        client.get(path).orThrow("GET " + path).path("objects").forEach(found::add);
        return found;
    }

    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted", 0);
        }
    }
}
