package io.burnish.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker with a copytool: added, set to work, watched, stopped, removed. */
class HsmTest {

    private static final String NAME = "hsmfs";
    private static final String WORKER = "worker1.lab.example";
    private static final String MOUNTPOINT = "/mnt/hsmfs";
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Lab lab = Lab.open();

    @BeforeEach
    @AfterEach
    void nothingIsLeft() {
        worker().ifPresent(this::remove);
        lab.removeFilesystems();
    }

    private Optional<JsonNode> worker() {
        return lab.objects("/api/host/?fqdn=" + WORKER).stream().findFirst();
    }

    private void remove(JsonNode host) {
        lab.succeed(lab.client()
                .delete(host.path("resource_uri").asText())
                .orThrow("DELETE " + WORKER)
                .path("command"));
    }

    @Test
    void aCopytoolWorksOnAWorker() throws IOException {
        createFilesystem();
        JsonNode host = addWorker();
        JsonNode copytool = createCopytool(host);
        String uri = copytool.path("resource_uri").asText();
        JsonNode start = lab.put(uri, "started");
        lab.succeed(start);
        assertThat(lab.jobs(start))
                .extracting(job -> job.path("class_name").asText())
                .containsExactlyInAnyOrder("ConfigureCopytoolJob", "MountLustreClientJob", "StartCopytoolJob");
        assertThat(mount(host).path("state").asText()).isEqualTo("mounted");
        await().atMost(SOON).until(() -> !get(uri).path("uuid").isNull());

        archive("data/run7");
        JsonNode finished = awaitOperation("data/run7", "FINISHED");
        assertThat(finished.path("description").asText())
                .isEqualTo("Finished copying data/run7 from Lustre to HSM backend");
        assertThat(finished.path("processed_bytes")).isEqualTo(finished.path("total_bytes"));
        archive("data/unreadable");
        assertThat(awaitOperation("data/unreadable", "ERRORED").path("info").asText())
                .isEqualTo("Input/output error");

        lab.succeed(lab.put(uri, "stopped"));
        runOnHost(host, "UnmountLustreFilesystemsJob");
        await().atMost(SOON).until(() -> mount(host).path("state").asText().equals("unmounted"));
        runOnHost(host, "MountLustreFilesystemsJob");
        await().atMost(SOON).until(() -> mount(host).path("state").asText().equals("mounted"));

        lab.succeed(lab.put(uri, "started"));
        remove(host);
        assertThat(lab.objects("/api/copytool/?limit=0")).isEmpty();
        assertThat(lab.objects("/api/client_mount/?limit=0")).isEmpty();
    }

    private void createFilesystem() {
        Map<String, Object> body = lab.filesystemBody(NAME);
        Map<?, ?> mdt = (Map<?, ?>) ((List<?>) body.get("mdts")).getFirst();
        Map<Object, Object> enabled = new HashMap<>(mdt);
        enabled.put("conf_params", Map.of("mdt.hsm_control", "enabled"));
        body.put("mdts", List.of(enabled));
        JsonNode created = lab.client().post("/api/filesystem/", body).orThrow("creating " + NAME);
        lab.succeed(created.path("command"));
        assertThat(lab.only("/api/filesystem/?name=" + NAME).path("cdt_status").asText())
                .isEqualTo("enabled");
    }

    private JsonNode addWorker() {
        JsonNode reply = lab.client()
                .post(
                        "/api/host/",
                        Map.of(
                                "address",
                                WORKER,
                                "auth_type",
                                "id_password_root",
                                "root_password",
                                Lab.SERVER_PASSWORD,
                                "server_profile",
                                "/api/server_profile/posix_copytool_worker/"))
                .orThrow("adding " + WORKER);
        lab.succeed(reply.path("command"));
        JsonNode host = worker().orElseThrow();
        assertThat(host.path("state").asText()).isEqualTo("working");
        return host;
    }

    private JsonNode createCopytool(JsonNode host) {
        JsonNode copytool = lab.client()
                .post(
                        "/api/copytool/",
                        Map.of(
                                "filesystem",
                                lab.only("/api/filesystem/?name=" + NAME)
                                        .path("resource_uri")
                                        .asText(),
                                "host",
                                host.path("resource_uri").asText(),
                                "bin_path",
                                "/usr/sbin/lhsmtool_posix",
                                "archive",
                                1,
                                "mountpoint",
                                MOUNTPOINT,
                                "hsm_arguments",
                                "-p /tmp/hsm"))
                .orThrow("creating a copytool")
                .path("copytool");
        assertThat(copytool.path("state").asText()).isEqualTo("unconfigured");
        assertThat(copytool.path("label").asText()).isEqualTo("lhsmtool_posix-hsmfs-1-0");
        return copytool;
    }

    private JsonNode get(String uri) {
        return lab.client().get(uri).orThrow("GET " + uri);
    }

    private JsonNode mount(JsonNode host) {
        return lab.only("/api/client_mount/?host=" + host.path("id").asLong());
    }

    private void archive(String path) throws IOException {
        ServerShell.run(
                lab.suite().data().simulator().resolve("ssh-hosts.json"),
                WORKER,
                Lab.SERVER_PASSWORD,
                "lfs hsm_archive --archive 1 " + MOUNTPOINT + "/" + path);
    }

    private JsonNode awaitOperation(String path, String state) {
        return await().atMost(SOON)
                .until(
                        () -> lab.objects("/api/copytool_operation/?limit=0").stream()
                                .filter(one -> one.path("path").asText().equals(path)
                                        && one.path("state").asText().equals(state))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private void runOnHost(JsonNode host, String jobClass) {
        String offered = "/api/host/" + host.path("id").asLong() + "/";
        await().atMost(SOON).until(() -> get(offered)
                .path("available_jobs")
                .findValuesAsText("class_name")
                .contains(jobClass));
        lab.succeed(lab.client()
                .post(
                        "/api/command/",
                        Map.of(
                                "message",
                                jobClass,
                                "jobs",
                                List.of(Map.of(
                                        "class_name",
                                        jobClass,
                                        "args",
                                        Map.of("host_id", host.path("id").asLong())))))
                .orThrow(jobClass));
    }
}
