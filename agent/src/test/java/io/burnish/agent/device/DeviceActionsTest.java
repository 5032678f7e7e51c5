package io.burnish.agent.device;

import static io.burnish.agent.testing.ScriptedHost.failed;
import static io.burnish.agent.testing.ScriptedHost.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.Fixtures;
import io.burnish.agent.testing.ScriptedHost;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Existing Lustre is found, and drivers are prepared. */
class DeviceActionsTest {

    private ScriptedHost host;
    private Actions actions;

    @BeforeEach
    void server(@TempDir Path state) {
        host = new ScriptedHost(state);
        actions = Actions.of(DeviceActions.all(), host);
    }

    @Test
    void targetsOnBlockDevicesAreFound() {
        host.on("modprobe osd_ldiskfs", failed(1, "not found"));
        host.on("tunefs.lustre --dryrun /dev/sdb", Fixtures.contract("tunefs-dryrun.txt"));
        host.on("tunefs.lustre --dryrun /dev/sdc", failed(19, "tunefs.lustre FATAL: not formatted"));
        host.on("tunefs.lustre --dryrun /dev/sdd", "Target: fs1:OSTffff\nFlags: 0x72\n");
        host.file("/proc/mounts", "/dev/sdb /mnt/fs1-OST0003 lustre ro,svname=fs1-OST0003 0 0\n")
                .file("/dev/sdb", "");
        JsonNode result = actions.succeed(
                "detect_scan",
                "{'target_devices':[{'path':'/dev/sdb','type':'linux','uuid':'5b3c'},"
                        + "{'path':'/dev/sdc','type':'linux','uuid':null},{'path':'/dev/sdd','type':'linux'}]}");
        assertThat(result.path("local_targets"))
                .containsExactly(Actions.json("{'name':'fs1-OST0003','uuid':'5b3c',"
                        + "'params':{'failover.node':['192.0.2.22@tcp'],'mgsnode':['192.0.2.11@tcp','192.0.2.12@tcp']},"
                        + "'device_paths':['/dev/sdb'],'mounted':true,'type':'linux'}"));
        assertThat(result.path("mgs_targets")).isEmpty();
        assertThat(host.commands())
                .containsExactly(
                        "modprobe osd_ldiskfs",
                        "modprobe ldiskfs",
                        "tunefs.lustre --dryrun /dev/sdb",
                        "tunefs.lustre --dryrun /dev/sdc",
                        "tunefs.lustre --dryrun /dev/sdd");
    }

    @Test
    void theServerReadsTheUuidThatTheManagerDoesNotKnow() {
        host.on("tunefs.lustre --dryrun /dev/sdb", Fixtures.contract("tunefs-dryrun.txt"));
        host.on("blkid -p -o value -s UUID /dev/sdb", "5b3c-77\n");
        host.on("zfs get -Hp -o property,value all pool1/fs1-OST0003", Fixtures.contract("zfs-get-all.txt"));
        host.on("zfs get -H -o value guid pool1/fs1-OST0003", "1730022184\n");
        JsonNode result = actions.succeed(
                "detect_scan",
                "{'target_devices':[{'path':'/dev/sdb','type':'linux','uuid':null},"
                        + "{'path':'pool1/fs1-OST0003','type':'zfs','uuid':null}]}");
        assertThat(result.path("local_targets"))
                .extracting(target -> target.path("uuid").asText())
                .containsExactly("5b3c-77", "1730022184");
    }

    @Test
    void aMountedMgtTellsItsFileSystems() {
        host.on("tunefs.lustre --dryrun /dev/sdb", "Target: fs1-MDT0000\nFlags: 0x5\nParameters:\n");
        host.file("/proc/mounts", "/dev/sdb /mnt/mgt lustre ro 0 0\n").file("/dev/sdb", "");
        host.on("debugfs -c -R 'ls -l CONFIGS/' /dev/sdb", Fixtures.contract("debugfs-ls.txt"));
        host.then(
                "debugfs -c -R 'dump CONFIGS/fs1-client /tmp/burnish-fs1-client' /dev/sdb",
                () -> host.file("/tmp/burnish-fs1-client", "binary"));
        host.on("llog_reader /tmp/burnish-fs1-client", Fixtures.contract("llog_reader.txt"));
        JsonNode result =
                actions.succeed("detect_scan", "{'target_devices':[{'path':'/dev/sdb','type':'linux','uuid':'u'}]}");
        assertThat(result.path("local_targets"))
                .extracting(target -> target.path("name").asText())
                .containsExactly("fs1-MDT0000", "MGS");
        assertThat(result.path("mgs_targets"))
                .isEqualTo(
                        Actions.json("{'fs1':[{'uuid':'fs1-MDT0000_UUID','name':'fs1-MDT0000','nid':'192.0.2.12@tcp'},"
                                + "{'uuid':'fs1-OST0003_UUID','name':'fs1-OST0003','nid':'192.0.2.21@tcp'}]}"));
        assertThat(host.text("/tmp/burnish-fs1-client")).isEmpty();
    }

    @Test
    void targetsOnDatasetsAreFound() {
        host.on("zfs get -Hp -o property,value all pool1/fs1-OST0003", Fixtures.contract("zfs-get-all.txt"));
        JsonNode target = actions.succeed(
                        "detect_scan",
                        "{'target_devices':[{'path':'pool1/fs1-OST0003','type':'zfs','uuid':'1730022184'}]}")
                .path("local_targets")
                .path(0);
        assertThat(target.path("name").asText()).isEqualTo("fs1-OST0003");
        assertThat(target.path("params").path("mgsnode"))
                .isEqualTo(Actions.json("['192.0.2.11@tcp','192.0.2.12@tcp']"));
        assertThat(target.path("mounted").asBoolean()).isFalse();
    }

    @Test
    void theLastListOfDevicesIsRemembered() {
        host.on("tunefs.lustre --dryrun /dev/sdb", Fixtures.contract("tunefs-dryrun.txt"));
        actions.succeed("detect_scan", "{'target_devices':[{'path':'/dev/sdb','type':'linux','uuid':'5b3c'}]}");
        assertThat(actions.succeed("detect_scan", "{'target_devices':null}").path("local_targets"))
                .hasSize(1);
    }

    @Test
    void sharedPoolsAreNotImportedAtBoot() {
        new ConfigStore(host).put(ConfigStore.Section.SETTINGS, "profile", Actions.json("{'managed':true}"));
        host.on("systemctl status zfs-mount", failed(4, "Unit zfs-mount.service could not be found."));
        host.on("systemctl status zfs.target", failed(3, ""));
        host.on("rpm -qi spl", failed(1, ""));
        host.on("rpm -qi zfs", "Name        : zfs\nVersion     : 0.7.3\n");
        actions.succeed("initialise_block_device_drivers", "{}");
        assertThat(host.commands())
                .containsExactly(
                        "genhostid",
                        "systemctl status zfs.target",
                        "systemctl disable zfs.target",
                        "systemctl status zfs-import-scan",
                        "systemctl disable zfs-import-scan",
                        "systemctl status zfs-import-cache",
                        "systemctl disable zfs-import-cache",
                        "systemctl status zfs-mount",
                        "rpm -qi spl",
                        "rpm -qi zfs",
                        "dkms install zfs/0.7.3",
                        "modprobe zfs");
    }

    @Test
    void aWatchedServerIsLeftAsItIs() {
        host.missing("rpm");
        actions.succeed("initialise_block_device_drivers", "{}");
        assertThat(host.commands()).containsExactly("rpm -qi spl", "rpm -qi zfs");
    }

    @Test
    void withoutTheOldToolTheHostIdIsMadeByZfs() {
        new ConfigStore(host).put(ConfigStore.Section.SETTINGS, "profile", Actions.json("{'managed':true}"));
        host.missing("genhostid").on("rpm -qi spl", failed(1, "")).on("rpm -qi zfs", failed(1, ""), ok(""));
        actions.succeed("initialise_block_device_drivers", "{}");
        assertThat(host.commands()).startsWith("genhostid", "zgenhostid");
    }
}
