package io.burnish.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The resource agent and the installation work in a real shell. */
class ClusterScriptsTest {

    private static final Path DIST = Path.of("src/main/dist").toAbsolutePath();

    @TempDir
    private Path directory;

    private Path device;
    private String output;

    @BeforeEach
    void server() throws IOException {
        device = Files.createFile(directory.resolve("sdb"));
        Path link = Files.createSymbolicLink(directory.resolve("by-id"), device);
        Path settings = Files.createDirectories(directory.resolve("settings/targets"));
        Files.writeString(
                settings.resolve("NWIzYy1hYQ=="),
                "{\"bdev\":\"" + link
                        + "\",\"mntpt\":\"/mnt/fs1-OST0003\",\"backfstype\":\"ldiskfs\",\"device_type\":\"linux\"}\n");
        Files.writeString(
                settings.resolve("MTc="),
                "{\"bdev\":\"pool1/fs1-OST0004\",\"mntpt\":\"/mnt/fs1-OST0004\",\"backfstype\":\"zfs\",\"device_type\":\"zfs\"}\n");
        Files.writeString(directory.resolve("filesystems"), "nodev\tlustre\n");
        mounts("");
        agent(0);
    }

    private void mounts(String text) throws IOException {
        Files.writeString(directory.resolve("mounts"), text);
    }

    private void agent(int exitStatus) throws IOException {
        Path agent = directory.resolve("agent");
        Files.writeString(
                agent, "#!/bin/sh\necho \"$@\" >> " + directory.resolve("calls") + "\nexit " + exitStatus + "\n");
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwx------"));
    }

    private int resourceAgent(String verb, String uuid) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("sh", DIST.resolve("cluster/Target").toString(), verb);
        builder.environment()
                .putAll(Map.of(
                        "OCF_RESKEY_target", uuid,
                        "BURNISH_AGENT", directory.resolve("agent").toString(),
                        "BURNISH_SETTINGS", directory.resolve("settings").toString(),
                        "BURNISH_MOUNTS", directory.resolve("mounts").toString(),
                        "BURNISH_FILESYSTEMS", directory.resolve("filesystems").toString()));
        return run(builder);
    }

    private int run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor();
    }

    private String calls() throws IOException {
        Path calls = directory.resolve("calls");
        return Files.exists(calls) ? Files.readString(calls) : "";
    }

    @Test
    void aMountedTargetRuns() throws Exception {
        assertThat(resourceAgent("monitor", "5b3c-aa")).isEqualTo(7);
        mounts(device + " /mnt/fs1-OST0003 lustre ro 0 0\n");
        assertThat(resourceAgent("monitor", "5b3c-aa")).isZero();
        assertThat(resourceAgent("status", "5b3c-aa")).isZero();
        assertThat(resourceAgent("monitor", "unknown")).isEqualTo(7);
        mounts("/dev/other /mnt/fs1-OST0003 lustre ro 0 0\n");
        assertThat(resourceAgent("monitor", "5b3c-aa"))
                .as("another device is mounted there")
                .isEqualTo(7);
        mounts("pool1/fs1-OST0004 /mnt/fs1-OST0004 lustre ro 0 0\n");
        assertThat(resourceAgent("monitor", "17")).isZero();
    }

    @Test
    void startingAndStoppingAreDoneByTheAgent() throws Exception {
        assertThat(resourceAgent("stop", "5b3c-aa")).isZero();
        assertThat(calls()).isEmpty();
        assertThat(resourceAgent("start", "5b3c-aa")).isZero();
        assertThat(calls()).isEqualTo("action mount_target --uuid 5b3c-aa --pacemaker_ha_operation 1\n");
        mounts(device + " /mnt/fs1-OST0003 lustre ro 0 0\n");
        assertThat(resourceAgent("start", "5b3c-aa")).isZero();
        assertThat(resourceAgent("stop", "5b3c-aa")).isZero();
        assertThat(calls().lines()).hasSize(2).last().isEqualTo("action unmount_target --uuid 5b3c-aa");
    }

    @Test
    void aFailureIsNotHiddenFromTheCluster() throws Exception {
        agent(1);
        assertThat(resourceAgent("start", "5b3c-aa")).isEqualTo(1);
        mounts(device + " /mnt/fs1-OST0003 lustre ro 0 0\n");
        assertThat(resourceAgent("stop", "5b3c-aa")).isEqualTo(1);
        mounts("");
        Files.writeString(directory.resolve("filesystems"), "ext4\n");
        assertThat(resourceAgent("start", "5b3c-aa"))
                .as("no Lustre on this server")
                .isEqualTo(2);
    }

    @Test
    void theClusterCanAskWhatTheAgentIs() throws Exception {
        assertThat(resourceAgent("meta-data", "")).isZero();
        assertThat(output).contains("<resource-agent name=\"Target\"", "<parameter name=\"target\"");
        assertThat(resourceAgent("validate-all", "5b3c-aa")).isZero();
        assertThat(resourceAgent("monitor", "")).isEqualTo(6);
        assertThat(resourceAgent("promote", "5b3c-aa")).isEqualTo(3);
    }

    @Test
    void anInstallationHasEverythingInItsPlaceAndCanBeRepeated() throws Exception {
        Path unpacked = Files.createDirectories(directory.resolve("unpacked/burnish-agent"));
        assertThat(run(new ProcessBuilder("cp", "-R", DIST + "/.", unpacked.toString())))
                .isZero();
        Path root = directory.resolve("root");
        for (int i = 0; i < 2; i++) {
            assertThat(run(new ProcessBuilder(
                            "sh", unpacked.resolve("bin/install.sh").toString(), root.toString())))
                    .as(output)
                    .isZero();
        }
        assertThat(root.resolve("usr/lib/burnish-agent/bin/burnish-agent")).exists();
        assertThat(root.resolve("usr/lib/burnish-agent/burnish-agent")).doesNotExist();
        assertThat(root.resolve("etc/systemd/system/chroma-agent.service"))
                .content()
                .contains("KillMode=process");
        for (String link :
                new String[] {"usr/sbin/burnish-agent", "usr/sbin/fence_chroma", "usr/lib/ocf/resource.d/chroma/Target"
                }) {
            Path target = Files.readSymbolicLink(root.resolve(link));
            assertThat(root.resolve(target.toString().substring(1))).exists();
        }
    }

    @Test
    void withoutAFittingJavaTheLauncherSaysWhatToDo() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("sh", DIST.resolve("bin/burnish-agent").toString(), "version");
        builder.environment()
                .put(
                        "BURNISH_AGENT_JAVA",
                        Path.of(System.getProperty("java.home"), "bin/java").toString());
        // the program itself is not packed yet: Java is found, the class is not
        assertThat(run(builder)).isEqualTo(1);
        assertThat(output).contains("AgentMain");
    }
}
