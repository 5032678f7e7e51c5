package io.burnish.agent.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.agent.testing.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Output of storage tools is understood. */
class DeviceOutputTest {

    @Test
    void sizesAreReadInAllForms() {
        assertThat(ByteSize.parse("1073741824")).isEqualTo(1073741824L);
        assertThat(ByteSize.parse("53682896896B")).isEqualTo(53682896896L);
        assertThat(ByteSize.parse("2G")).isEqualTo(2L << 30);
        assertThat(ByteSize.parse("19.5T")).isEqualTo((long) (19.5 * (1L << 40)));
        assertThat(ByteSize.parse("1014M")).isEqualTo(1014L << 20);
        assertThat(ByteSize.parse("0B")).isZero();
        assertThat(ByteSize.parse("-")).isZero();
    }

    @Test
    void devicesWithSeveralParentsAppearOnce() {
        List<Lsblk.Device> devices = Lsblk.parse(Fixtures.lustre217("31-lvm/lsblk-J-O.out"));
        assertThat(devices)
                .extracting(Lsblk.Device::majorMinor)
                .doesNotHaveDuplicates()
                .contains("252:0", "9:0");
        assertThat(devices)
                .filteredOn(device -> device.kname().equals("dm-1"))
                .singleElement()
                .satisfies(lv -> {
                    assertThat(lv.name()).isEqualTo("rigvg-lv1");
                    assertThat(lv.type()).isEqualTo("lvm");
                    assertThat(lv.size()).isEqualTo(300L << 20);
                });
    }

    @Test
    void oldAndNewFormsOfLsblkAreRead() {
        assertThat(Lsblk.parse(Fixtures.contract("lsblk.txt")))
                .containsExactly(new Lsblk.Device("sdb", "sdb", "/dev/sdb", "8:16", "disk", null, 1073741824L, false));
        assertThat(Lsblk.parse(
                                "{\"blockdevices\":[{\"name\":\"sr0\",\"maj:min\":\"11:0\",\"size\":1,\"type\":\"rom\",\"ro\":true}]}")
                        .getFirst()
                        .irrelevant())
                .isTrue();
        assertThat(Lsblk.parse("lsblk: unknown column")).isEmpty();
    }

    @Test
    void udevKnowsLinksAndSerials() {
        UdevDatabase udev = UdevDatabase.parse(Fixtures.lustre217("30-mpath/udevadm-export-db.out"));
        assertThat(udev.devices())
                .allSatisfy((number, device) -> assertThat(number).matches("\\d+:\\d+"));
        UdevDatabase.Device disk = udev.find("254:48").orElseThrow();
        assertThat(disk.get("ID_SERIAL")).contains("RIGOST0001");
        assertThat(disk.links()).contains("/dev/disk/by-id/virtio-RIGOST0001");
    }

    @Test
    void mappedDevicesKnowWhatTheyAreMadeOf() {
        DmTable table = DmTable.parse(Fixtures.contract("dmsetup-table.txt"));
        assertThat(table.mappings().get("vg_data-lv_ost0").devices()).containsExactly("8:32");
        assertThat(table.mappings().get("vg_data-my--lv").devices()).containsExactly("8:48", "8:64");
        assertThat(table.mappings().get("mpatha"))
                .isEqualTo(new DmTable.Mapping("mpatha", true, List.of("8:16", "8:80")));
        assertThat(table.mappings().get("mpathb").devices()).containsExactly("8:96", "8:112");
        assertThat(DmTable.parse("No devices found\n").mappings()).isEmpty();
    }

    @Test
    void anySelectorOfAMultipathDeviceIsAccepted() {
        DmTable table = DmTable.parse(Fixtures.lustre217("30-mpath/dmsetup-table.out"));
        assertThat(table.mappings().get("35000c50015ea71aa").devices()).containsExactly("8:0", "8:16");
        DmTable other = DmTable.parse(
                "mpathc: 0 2097152 multipath 2 queue_mode bio 1 alua 1 1 historical-service-time 0 2 1 8:0 1 8:16 1\n");
        assertThat(other.mappings().get("mpathc").devices()).containsExactly("8:0", "8:16");
    }

    @Test
    void aVolumesMapperNameDoublesItsHyphens() {
        assertThat(DmTable.volumeName("vg_data", "my-lv")).isEqualTo("vg_data-my--lv");
    }

    @Test
    void raidArraysAreRead() {
        assertThat(RaidArrays.active(Fixtures.contract("mdstat.txt"))).containsExactly("md127");
        assertThat(RaidArrays.active(Fixtures.lustre217("31-lvm/mdadm-create.out")))
                .containsExactly("md0");
        String detail = Fixtures.contract("mdadm-detail.txt");
        assertThat(RaidArrays.uuid(detail)).contains("1f2e3d4c:00112233:44556677:8899aabb");
        assertThat(RaidArrays.drives(detail)).containsExactly("/dev/sdc", "/dev/sdd");
    }

    @Test
    void powerPathDevicesAreRead() {
        String text = Fixtures.contract("powermt.txt");
        assertThat(PowerPath.uuid(text)).contains("60060160:AAAABBBB:CCCCDDDD:EEEEFFFF");
        assertThat(PowerPath.drives(text)).containsExactly("sdb", "sdf");
    }

    @Test
    void poolsAreReadFromStatusAndImport() {
        assertThat(ZpoolListing.parse(Fixtures.contract("zpool-status.txt")))
                .containsExactly(new ZpoolListing.Pool("pool1", "ONLINE", null));
        assertThat(ZpoolListing.parse(Fixtures.contract("zpool-import.txt")))
                .containsExactly(new ZpoolListing.Pool("pool2", "ONLINE", "4407311337842318211"));
        assertThat(ZpoolListing.parse(Fixtures.lustre217("34-zfs/zpool-export.out")))
                .containsExactly(new ZpoolListing.Pool("rigpool", "ONLINE", "13913838735106755799"));
        assertThat(ZpoolListing.parse("no pools available\n")).isEmpty();
    }

    @Test
    void aPoolInUseElsewhereKeepsItsFieldsApart() {
        List<ZpoolListing.Pool> pools = ZpoolListing.parse("""
                   pool: pool1
                     id: 1
                  state: ONLINE
                 status: The pool was last accessed by another system.
                 action: The pool can be imported using its name or numeric identifier and
                	the '-f' flag.
                    see: http://zfsonlinux.org/msg/ZFS-8000-EY
                 config:

                	pool1       ONLINE
                   pool: pool2
                     id: 2
                  state: UNAVAIL
                """);
        assertThat(pools)
                .containsExactly(
                        new ZpoolListing.Pool("pool1", "ONLINE", "1"), new ZpoolListing.Pool("pool2", "UNAVAIL", "2"));
        assertThat(pools.get(1).healthy()).isFalse();
    }

    @Test
    void configurationLogsAreFoundInAListing() {
        assertThat(MgsContent.logs(Fixtures.contract("debugfs-ls.txt")))
                .containsExactly("fs1-client", "fs1-MDT0000", "fs1-OST0003");
    }
}
