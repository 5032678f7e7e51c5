package io.burnish.agent.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.NamedLocks;
import io.burnish.agent.command.Commands;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.Fixtures;
import io.burnish.agent.testing.ScriptedHost;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.report.BlockDeviceReport;
import io.burnish.contracts.agent.report.BlockDeviceReport.DeviceNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of block devices has what the manager needs to make volumes of it. */
class LinuxPluginTest {

    private ScriptedHost host;
    private LinuxPlugin plugin;
    private DevicePaths paths;
    private Commands commands;

    @BeforeEach
    void server(@TempDir Path state) {
        host = new ScriptedHost(state);
        paths = new DevicePaths();
        plugin = new LinuxPlugin(host, new NamedLocks(), paths);
        commands = Commands.unrecorded(host, Duration.ofSeconds(1));
        for (String tool : List.of("zpool", "zfs", "vgs", "dmsetup", "mdadm", "powermt", "partprobe")) {
            host.missing(tool);
        }
    }

    private BlockDeviceReport scan() throws InterruptedException, IOException {
        return ContractJson.read(ContractJson.text(plugin.scan(commands)), BlockDeviceReport.class);
    }

    @Test
    void aRealServersDevicesAreReported(@TempDir Path state) throws Exception {
        host = new ScriptedHost(state);
        plugin = new LinuxPlugin(host, new NamedLocks(), paths);
        commands = Commands.unrecorded(host, Duration.ofSeconds(1));
        host.missing("zpool").missing("zfs").missing("powermt");
        host.on("lsblk -b -J -O", Fixtures.lustre217("31-lvm/lsblk-J-O.out"));
        host.on("udevadm info --export-db", Fixtures.lustre217("31-lvm/udevadm-block.out"));
        host.on("/lib/udev/scsi_id -g -u -p 0x83 -d /dev/sda", "35000c50015ea71aa\n");
        host.on("/lib/udev/scsi_id -g -u -p 0x80 -d /dev/sda", "SQEMU    QEMU HARDDISK   RIGSAN0001\n");
        host.on("vgs --units b --noheadings -o vg_name,vg_uuid,vg_size", Fixtures.lustre217("31-lvm/vgs-plain.out"));
        host.on(
                "lvs --units b --noheadings -o lv_name,lv_uuid,lv_size,lv_path rigvg",
                Fixtures.lustre217("31-lvm/lvs-plain.out"));
        host.on("dmsetup table", Fixtures.lustre217("31-lvm/dmsetup.out"));
        host.file("/proc/mdstat", Fixtures.lustre217("31-lvm/mdadm-create.out"));
        host.on("mdadm --brief --detail --verbose /dev/md0", Fixtures.lustre217("31-lvm/mdadm-create.out"));
        host.file("/proc/mounts", Fixtures.lustre217("03-mount/proc-mounts.out"));

        BlockDeviceReport report = scan();

        DeviceNode disk = report.devs().get("8:0");
        assertThat(disk.serial83()).isEqualTo("35000c50015ea71aa");
        assertThat(disk.serial80()).isEqualTo("SQEMU QEMU HARDDISK RIGSAN0001");
        assertThat(disk.size()).isEqualTo(1L << 30);
        assertThat(disk.path()).startsWith("/dev/disk/by-id/");
        assertThat(disk.paths()).contains("/dev/sda", "/dev/disk/by-path/pci-0000:00:09.0-scsi-0:0:0:1");
        assertThat(report.devs().get("254:48").serial83()).isEqualTo("RIGOST0001");
        assertThat(report.devs().get("254:48").path()).isEqualTo("/dev/disk/by-id/virtio-RIGOST0001");
        DeviceNode partition = report.devs().get("254:81");
        assertThat(partition.deviceType()).isEqualTo("partition");
        assertThat(partition.parent()).isEqualTo("254:80");
        assertThat(partition.partitionNumber()).isEqualTo(1);
        assertThat(partition.serial83()).isNull();
        assertThat(report.mpath()).containsOnlyKeys("35000c50015ea71aa");
        assertThat(report.mpath().get("35000c50015ea71aa").blockDevice()).isEqualTo("252:0");
        assertThat(report.mpath().get("35000c50015ea71aa").nodes())
                .extracting(DeviceNode::majorMinor)
                .containsExactly("8:0", "8:16");
        assertThat(report.vgs().get("rigvg").size()).isEqualTo(1069547520L);
        assertThat(report.vgs().get("rigvg").pvsMajorMinor()).containsExactly("254:96");
        assertThat(report.lvs().get("rigvg").get("lv1").blockDevice()).isEqualTo("252:1");
        assertThat(report.mds().get("993a5f3d:a0f61d1f:a447c2de:6f418a0b").drives())
                .containsExactly("252:1", "252:2");
        assertThat(report.localFs().get("254:0")).isEqualTo(new BlockDeviceReport.LocalFilesystem("/", "ext4"));
        assertThat(report.localFs()).doesNotContainKey("254:48");
        assertThat(paths.canonical("/dev/vdd")).isEqualTo("/dev/disk/by-id/virtio-RIGOST0001");
    }

    @Test
    void devicesThatCannotCarryATargetAreLeftOut() throws Exception {
        host.on(
                "lsblk -b -J -O",
                "{\"blockdevices\":["
                        + device("loop0", "7:0", "loop", "1073741824", false) + ","
                        + device("sr0", "11:0", "rom", "1073741824", true) + ","
                        + device("sda", "8:0", "disk", "0", false) + ","
                        + device("sdb", "8:16", "disk", "1073741824", true) + ","
                        + device("sdc", "8:32", "disk", "1073741824", false) + "]}");
        assertThat(scan().devs()).containsOnlyKeys("8:32");
    }

    @Test
    void serialsAreAskedForOncePerDisk() throws Exception {
        host.on("lsblk -b -J -O", "{\"blockdevices\":[" + device("sdc", "8:32", "disk", "1073741824", false) + "]}");
        scan();
        scan();
        assertThat(host.commands())
                .filteredOn(line -> line.startsWith("/lib/udev/scsi_id"))
                .hasSize(2);
    }

    @Test
    void volumesOfAnotherServersGroupAreNotOurs(@TempDir Path state) throws Exception {
        host = new ScriptedHost(state);
        plugin = new LinuxPlugin(host, new NamedLocks(), paths);
        commands = Commands.unrecorded(host, Duration.ofSeconds(1));
        host.missing("zpool").missing("zfs");
        host.on("vgs --units b --noheadings -o vg_name,vg_uuid,vg_size", "  vg_data  Qm1Z2a 53682896896B\n");
        host.on(
                "lvs --units b --noheadings -o lv_name,lv_uuid,lv_size,lv_path vg_data",
                "  lv_ost0  a1B2c3 10737418240B /dev/vg_data/lv_ost0\n");
        host.on("dmsetup table", "No devices found\n");
        assertThat(scan().vgs()).isEmpty();
        assertThat(scan().lvs()).isEmpty();
    }

    @Test
    void aWorkersStorageIsOfNoInterest() throws Exception {
        new ConfigStore(host)
                .put(ConfigStore.Section.SETTINGS, "profile", Actions.json("{'managed':true,'worker':true}"));
        assertThat(scan()).isEqualTo(BlockDeviceReport.empty());
        assertThat(host.commands()).isEmpty();
    }

    @Test
    void theFullScanFollowsOnlyAChange() throws Exception {
        host.file("/proc/partitions", "8 0 sda\n");
        assertThat(plugin.poll(commands, true)).isPresent();
        assertThat(plugin.poll(commands, false)).isEmpty();
        host.file("/proc/partitions", "8 0 sda\n8 16 sdb\n");
        assertThat(plugin.poll(commands, false)).isPresent();
        assertThat(plugin.poll(commands, false)).isEmpty();
        host.link("/dev/mapper/mpatha", "/dev/dm-0");
        assertThat(plugin.poll(commands, false)).isPresent();
    }

    @Test
    void commandsOfAFullScanComeInTheirOrder() throws Exception {
        ObjectNode body = plugin.scan(commands);
        assertThat(body.fieldNames())
                .toIterable()
                .contains("vgs", "lvs", "zfspools", "mpath", "devs", "local_fs", "mds");
        assertThat(host.commands())
                .containsExactly(
                        "partprobe",
                        "udevadm settle",
                        "lsblk -b -J -O",
                        "udevadm info --export-db",
                        "vgs --units b --noheadings -o vg_name,vg_uuid,vg_size",
                        "dmsetup table",
                        "zpool status");
    }

    private static String device(String name, String number, String type, String size, boolean ro) {
        return "{\"name\":\"%s\",\"kname\":\"%s\",\"maj:min\":\"%s\",\"type\":\"%s\",\"size\":%s,\"ro\":%s}"
                .formatted(name, name, number, type, size, ro);
    }
}
