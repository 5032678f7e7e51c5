package io.burnish.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandNotFoundException;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.simulator.lab.CommandTrace;
import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.server.ServerDownException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualServerTest {

    @TempDir
    Path directory;

    private Rig rig;

    @BeforeEach
    void build() throws IOException {
        rig = new Rig(directory);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void bothServersOfAPairSeeTheSameLunsByTheirSerials() {
        assertThat(serials("mds1")).hasSize(6).isEqualTo(serials("mds2"));
        assertThat(rig.lab.state().unknown).isEmpty();
    }

    @Test
    void theTraceTellsWhichCommandsBeganWhereSinceAMoment() throws InterruptedException {
        rig.run("mds1", "modprobe", "lnet");
        rig.run("mds2", "lctl", "net", "up");
        CommandTrace.Entry second = rig.lab.trace().since(0).getLast();
        assertThat(rig.lab.trace().since(0))
                .extracting(CommandTrace.Entry::server, CommandTrace.Entry::line)
                .endsWith(tuple("mds1.lab.example", "modprobe lnet"), tuple("mds2.lab.example", "lctl net up"));
        assertThat(rig.lab.trace().since(second.at())).contains(second);
        assertThat(rig.lab.trace().since(second.at() + 1)).isEmpty();
    }

    @Test
    void aLaboratoryThatIsNotDurableForgetsItsChanges() throws IOException {
        Path forgetful = directory.resolve("forgetful");
        change(Lab.open(forgetful, 1, 0, false));
        assertThat(Lab.open(forgetful, 1).state().unknown).isEmpty();
        change(Lab.open(forgetful, 1));
        assertThat(Lab.open(forgetful, 1).state().unknown).containsExactly("changed");
    }

    private static void change(Lab lab) {
        lab.change(() -> lab.state().unknown.add("changed"));
    }

    @Test
    void theSystemsPartitionBelongsToTheSystemsDisk() {
        JsonNode report = rig.act("mds1", "device_plugin", Map.of("plugin", "linux"));
        JsonNode devices = report.path("linux").path("devs");
        assertThat(devices.path("8:1").path("parent").asText()).isEqualTo("8:0");
        assertThat(devices.path("8:0").path("serial_83").asText())
                .isNotEqualTo(rig.act("mds2", "device_plugin", Map.of("plugin", "linux"))
                        .path("linux")
                        .path("devs")
                        .path("8:0")
                        .path("serial_83")
                        .asText());
    }

    private List<String> serials(String server) {
        JsonNode report = rig.act(server, "device_plugin", Map.of("plugin", "linux"));
        return report.path("linux")
                .path("devs")
                .valueStream()
                .filter(device -> device.path("path").asText().contains("/scsi-"))
                .map(device -> device.path("serial_83").asText())
                .toList();
    }

    @Test
    void whatIsAskedBeforeAnAgentIsInstalledIsAnswered() throws InterruptedException {
        assertThat(rig.run("mds1", "ping", "-c", "1", "manager.lab.example").ok())
                .isTrue();
        assertThat(rig.run("mds1", "openssl", "version", "-a").ok()).isTrue();
        assertThat(rig.run("mds1", "yum", "-q", "list", "ElectricFence").stdout())
                .contains("ElectricFence");
        assertThat(rig.run("mds2", "getent", "hosts", "mds1.lab.example").stdout())
                .startsWith("10.73.10.11 ");
        assertThat(rig.lab.state().unknown).isEmpty();
    }

    @Test
    void lnetIsSeenUnloadedDownAndUp() {
        assertThat(lnet()).isEqualTo("lnet_unloaded");
        rig.act("mds1", "load_lnet", Map.of());
        assertThat(lnet()).isEqualTo("lnet_down");
        rig.act("mds1", "start_lnet", Map.of());
        assertThat(lnet()).isEqualTo("lnet_up");
        rig.act("mds1", "stop_lnet", Map.of());
        assertThat(lnet()).isEqualTo("lnet_down");
        rig.act("mds1", "unload_lnet", Map.of());
        assertThat(lnet()).isEqualTo("lnet_unloaded");
    }

    private String lnet() {
        JsonNode report = rig.act("mds1", "device_plugin", Map.of("plugin", "linux_network"));
        return report.path("linux_network").path("lnet").path("state").asText();
    }

    @Test
    void aFormattedDeviceIsNotFormattedAgainAndTheCountSurvivesARestart() throws IOException {
        JsonNode formatted = rig.formatOst(1, "-I 1024 -i 65536");
        assertThat(formatted.path("inode_size").asInt()).isEqualTo(1024);
        assertThat(formatted.path("inode_count").asLong()).isEqualTo(rig.lun(1).size / 65_536);

        assertThat(rig.outcome("mds2", "format_target", rig.ostArguments(1, "")))
                .isInstanceOf(ActionOutcome.Failed.class);

        Lab reopened = Lab.open(directory, 1);
        assertThat(reopened.state().luns.get(rig.lun(1).serial).formats).isEqualTo(1);
        assertThat(reopened.state().luns.get(rig.lun(1).serial).uuid)
                .isEqualTo(formatted.path("uuid").asText());
    }

    @Test
    void aTargetGetsItsRealLabelOnlyFromAnMgsThatAnswers() throws InterruptedException {
        rig.startLnet("mds1");
        rig.formatMgs(0);
        rig.formatOst(1, "");
        Map<String, String> registration =
                Map.of("device_path", rig.lun(1).link(), "mount_point", "/mnt/ost0", "backfstype", "ldiskfs");
        assertThat(rig.outcome("mds1", "register_target", registration)).isInstanceOf(ActionOutcome.Failed.class);
        assertThat(rig.lun(1).label).isEqualTo("scratch:OST0000");

        rig.server("mds1").createDirectories(Path.of("/mnt/mgs"));
        assertThat(rig.run("mds1", "mount", "-t", "lustre", rig.lun(0).link(), "/mnt/mgs")
                        .ok())
                .isTrue();
        assertThat(rig.act("mds1", "register_target", registration)
                        .path("label")
                        .asText())
                .isEqualTo("scratch-OST0000");

        rig.act("mds1", "set_conf_param", Map.of("key", "scratch-OST0000.ost.brw_size", "value", "4"));
        assertThat(rig.run("mds1", "lctl", "--device", "MGS", "llog_print", "scratch-OST0000")
                        .stdout())
                .contains("parameter: ost.brw_size=4 }");
        assertThat(rig.run("mds1", "lctl", "conf_param", "scratch-OST0009.ost.brw_size=4")
                        .rc())
                .isEqualTo(22);
    }

    @Test
    void aTargetThatIsWrittenAnewHasItsParametersAndOldNidsNoMore() throws InterruptedException {
        aTargetGetsItsRealLabelOnlyFromAnMgsThatAnswers();
        List<String> mgsNids = rig.lun(1).mgsNids;

        rig.act(
                "mds1",
                "writeconf_target",
                Map.of(
                        "device",
                        rig.lun(1).link(),
                        "erase_params",
                        true,
                        "writeconf",
                        true,
                        "mgsnode",
                        List.of(mgsNids)));
        assertThat(rig.lun(1).mgsNids).isEqualTo(mgsNids);
        assertThat(rig.run("mds1", "lctl", "--device", "MGS", "llog_print", "scratch-OST0000")
                        .stdout())
                .contains("ost.brw_size");
        assertThat(rig.run("mds1", "mount", "-t", "lustre", rig.lun(1).link(), "/mnt/ost0")
                        .ok())
                .isTrue();
        assertThat(rig.run("mds1", "lctl", "--device", "MGS", "llog_print", "scratch-OST0000")
                        .stdout())
                .doesNotContain("ost.brw_size");
        assertThat(rig.outcome(
                        "mds1", "writeconf_target", Map.of("device", rig.lun(1).link(), "erase_params", true)))
                .as("of a mounted target")
                .isInstanceOf(ActionOutcome.Failed.class);
    }

    @Test
    void aScanOfAMountedMgtFindsTheTargetsThatItKnows() throws InterruptedException {
        aTargetGetsItsRealLabelOnlyFromAnMgsThatAnswers();
        JsonNode found = rig.act(
                "mds1",
                "detect_scan",
                Map.of("target_devices", List.of(Map.of("path", rig.lun(0).link(), "type", "linux", "uuid", "u"))));
        JsonNode target = found.path("mgs_targets").path("scratch").path(0);
        assertThat(target.path("name").asText()).isEqualTo("scratch-OST0000");
        assertThat(target.path("nid").asText()).isEqualTo("10.73.10.11@tcp");
    }

    @Test
    void withoutPowerNoCommandRuns() throws InterruptedException {
        rig.rack.powerOff("mds1.lab.example");
        assertThatThrownBy(() -> rig.run("mds1", "lsblk", "-b", "-J", "-O")).isInstanceOf(ServerDownException.class);
        String boot = rig.server("mds1").bootId();
        rig.rack.powerOn("mds1.lab.example");
        assertThat(rig.run("mds1", "lsblk", "-b", "-J", "-O").ok()).isTrue();
        assertThat(rig.server("mds1").bootId()).isNotEqualTo(boot);
    }

    @Test
    void aOnceCommandRunsOnceAndItsResultIsKeptForTheNextLife() throws InterruptedException {
        CommandLine mkfs =
                CommandLine.of("mkfs.lustre", "--mgs", rig.lun(2).link()).once("job-1:mkfs");
        String first = rig.server("mds1").run(mkfs).stdout();
        assertThat(rig.server("mds1").run(mkfs).stdout()).isEqualTo(first);
        assertThat(rig.lun(2).formats).isEqualTo(1);
    }

    @Test
    void anUnknownCommandIsMissingAndRecorded() {
        assertThatThrownBy(() -> rig.run("mds1", "frobnicate", "now")).isInstanceOf(CommandNotFoundException.class);
        assertThat(rig.lab.state().unknown).containsExactly("frobnicate now");
    }
}
