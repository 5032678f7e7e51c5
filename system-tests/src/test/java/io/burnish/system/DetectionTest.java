package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A file system that somebody has made by hand is found, watched and forgotten again. */
class DetectionTest {

    private static final String NAME = "handfs";
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Lab lab = Lab.open();
    private final List<Mounted> mounted = new ArrayList<>();

    private record Mounted(String server, String point) {}

    @AfterEach
    void nothingIsLeft() throws IOException {
        for (Mounted mount : mounted) {
            shell(mount.server(), "umount " + mount.point());
        }
        for (JsonNode filesystem : lab.objects("/api/filesystem/?name=" + NAME)) {
            lab.succeed(lab.put(filesystem.path("resource_uri").asText(), "forgotten"));
        }
        for (JsonNode mgt : lab.objects("/api/target/?kind=MGT&immutable_state=true&limit=0")) {
            lab.succeed(lab.put(mgt.path("resource_uri").asText(), "forgotten"));
        }
    }

    private String shell(String server, String line) throws IOException {
        return ServerShell.run(
                lab.suite().data().simulator().resolve("ssh-hosts.json"),
                server + ".lab.example",
                Lab.SERVER_PASSWORD,
                line);
    }

    /** Paths on the server of volumes that nobody uses. */
    private List<String> devices(String server) {
        String uri = lab.only("/api/host/?fqdn=" + server + ".lab.example")
                .path("resource_uri")
                .asText();
        List<String> paths = new ArrayList<>();
        lab.tour().unused().forEach(volume -> volume.path("volume_nodes").forEach(node -> {
            if (node.path("host").asText().equals(uri)) {
                paths.add(node.path("path").asText());
            }
        }));
        return paths;
    }

    private void make(String server, String device, String options, String point) throws IOException {
        // servers that were switched off before have started without them
        shell(server, "modprobe lustre");
        shell(server, "mkfs.lustre --reformat %s %s".formatted(options, device));
        shell(server, "mount -t lustre %s %s".formatted(device, point));
        mounted.add(new Mounted(server, point));
    }

    private JsonNode filesystem() {
        return lab.only("/api/filesystem/?name=" + NAME);
    }

    @Test
    void aFilesystemMadeByHandIsFoundAndWatched() throws IOException {
        String nid = lab.only("/api/host/?fqdn=mds1.lab.example")
                .path("nids")
                .path(0)
                .asText();
        List<String> metadata = devices("mds1");
        String of = " --fsname=%s --index=0 --mgsnode=%s".formatted(NAME, nid);
        make("mds1", metadata.get(0), "--mgs", "/mnt/hand-mgs");
        make("mds1", metadata.get(1), "--mdt" + of, "/mnt/hand-mdt");
        make("oss1", devices("oss1").getFirst(), "--ost" + of, "/mnt/hand-ost");

        JsonNode command = lab.client()
                .post(
                        "/api/command/",
                        Map.of(
                                "message",
                                "Detecting filesystems",
                                "jobs",
                                List.of(Map.of("class_name", "DetectTargetsJob", "args", Map.of("hosts", List.of())))))
                .orThrow("asking for a detection");
        lab.succeed(command);

        assertThat(log(command)).contains("Discovered filesystem handfs with 1 MDTs and 1 OSTs");
        assertThat(filesystem().path("immutable_state").asBoolean()).isTrue();
        await().atMost(SOON).until(() -> filesystem().path("state").asText().equals("available"));
        assertThat(lab.objects("/api/target/?limit=0&immutable_state=true"))
                .hasSize(3)
                .allMatch(target -> target.path("state").asText().equals("mounted"));

        shell("oss1", "umount " + mounted.removeLast().point());
        await().atMost(SOON).until(() -> filesystem().path("state").asText().equals("unavailable"));
    }

    private String log(JsonNode command) {
        StringBuilder log = new StringBuilder();
        lab.jobs(command).forEach(job -> job.path("steps")
                .forEach(step -> log.append(lab.client()
                        .get(step.asText())
                        .orThrow("GET a step")
                        .path("log")
                        .asText())));
        return log.toString();
    }
}
