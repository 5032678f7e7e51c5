package io.burnish.agent.target;

import static io.burnish.agent.testing.ScriptedHost.failed;
import static io.burnish.agent.testing.ScriptedHost.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.config.ConfigStore.Section;
import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.Fixtures;
import io.burnish.agent.testing.ScriptedHost;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices and targets are handled with the command lines of the agent contract, section 9. */
class TargetActionsTest {

    private static final String DEV = "/dev/disk/by-id/scsi-36001405aa11";
    private static final String MOUNT = "mount -t lustre " + DEV + " /mnt/fs1-OST0003";
    private static final String REGISTER =
            "{'device_path':'" + DEV + "','mount_point':'/mnt/fs1-OST0003','backfstype':'ldiskfs'}";
    private static final String LABEL = "blkid -c/dev/null -o value -s LABEL " + DEV;

    private ScriptedHost host;
    private Actions actions;

    @BeforeEach
    void server(@TempDir Path state) {
        host = new ScriptedHost(state);
        host.link(DEV, "/dev/sdb").file("/dev/sdb", "");
        actions = Actions.of(TargetActions.all(), host);
    }

    private void mounts(String device) {
        host.file("/proc/mounts", device + " /mnt/fs1-OST0003 lustre ro,svname=fs1-OST0003 0 0\n");
    }

    @Test
    void aBlankDeviceIsFree() {
        String probe = "blkid -p -o value -s TYPE " + DEV;
        host.on(probe, failed(2, ""), ok("\n"));
        actions.succeed("check_block_device", "{'path':'" + DEV + "','device_type':'linux'}");
        actions.succeed("check_block_device", "{'path':'" + DEV + "','device_type':'lvm_volume'}");
        assertThat(host.commands()).containsExactly(probe, probe);
    }

    @Test
    void aDeviceWithAFileSystemIsRefusedByName() {
        host.on("blkid -p -o value -s TYPE " + DEV, "ext4\n");
        assertThat(actions.fail("check_block_device", "{'path':'" + DEV + "','device_type':'linux'}"))
                .isEqualTo("Server oss1.lab.example could not use " + DEV + ": Filesystem found: type 'ext4'");
    }

    @Test
    void aProbeThatCannotReadTheDeviceFailsWithItsOutput() {
        host.on("blkid -p -o value -s TYPE " + DEV, failed(8, "ambivalent result"));
        assertThat(actions.fail("check_block_device", "{'path':'" + DEV + "','device_type':'linux'}"))
                .endsWith("Error (8) running 'blkid -p -o value -s TYPE " + DEV + "': '' 'ambivalent result'");
    }

    @Test
    void aPoolWithDatasetsIsOccupied() {
        host.on("zfs list -H -o name -r pool1", ok("pool1\npool1/fs1-OST0003\n"), ok("pool1\n"));
        assertThat(actions.fail("check_block_device", "{'path':'pool1','device_type':'zfs'}"))
                .contains("Dataset(s) pool1/fs1-OST0003 found in pool 'pool1'");
        actions.succeed("check_block_device", "{'path':'pool1','device_type':'zfs'}");
    }

    @Test
    void registeringMountsOnceAndReturnsTheLabel() {
        host.then(MOUNT, () -> mounts("/dev/sdb"));
        host.then("umount /dev/sdb", () -> host.file("/proc/mounts", ""));
        host.on(LABEL, "fs1-OST0003\n");
        assertThat(actions.succeed("register_target", REGISTER)).isEqualTo(Actions.json("{'label':'fs1-OST0003'}"));
        assertThat(host.commands()).containsExactly(MOUNT, "umount /dev/sdb", LABEL);
        assertThat(host.hasDirectory("/mnt/fs1-OST0003")).isTrue();
    }

    @Test
    void aTargetThatTheMgsDidNotRegisterIsAFailure() {
        host.on(LABEL, "fs1:OST0003\n");
        assertThat(actions.fail("register_target", REGISTER)).contains("still labelled 'fs1:OST0003'");
    }

    @Test
    void registeringGoesOnWhereADeadAgentLeftTheTargetMounted() {
        mounts("/dev/sdb");
        host.then("umount /dev/sdb", () -> host.file("/proc/mounts", ""));
        host.on(LABEL, "fs1-OST0003\n");
        actions.succeed("register_target", REGISTER);
        assertThat(host.commands()).containsExactly("umount /dev/sdb", LABEL);
    }

    @Test
    void aMountIsTriedTwiceWhereTheMgsMayBeStarting() {
        for (int rc : new int[] {2, 5, 108}) {
            ScriptedHost server = new ScriptedHost(host.stateDirectory());
            server.on(MOUNT, failed(rc, "Is the MGS running?"), ok("")).on(LABEL, "fs1-OST0003\n");
            Actions.of(TargetActions.all(), server).succeed("register_target", REGISTER);
            assertThat(server.commands()).startsWith(MOUNT, MOUNT);
        }
    }

    @Test
    void otherMountErrorsFailAtOnce() {
        host.on(MOUNT, failed(19, "mount.lustre: mount failed: No such device"));
        assertThat(actions.fail("register_target", REGISTER)).contains("Error (19) running '" + MOUNT + "'");
        assertThat(host.commands()).containsExactly(MOUNT);
    }

    @Test
    void whatThisServerMayMountIsRemembered() {
        actions.succeed(
                "configure_target_store",
                "{'device':'" + DEV + "','uuid':'5b3c','mount_point':'/mnt/fs1-OST0003','backfstype':'ldiskfs',"
                        + "'device_type':'linux'}");
        // the resource agent reads this file
        assertThat(host.text("/var/lib/chroma/targets/NWIzYw==").orElseThrow())
                .isEqualTo("{\"bdev\":\"" + DEV + "\",\"mntpt\":\"/mnt/fs1-OST0003\",\"backfstype\":\"ldiskfs\","
                        + "\"device_type\":\"linux\"}\n");
        host.directory("/mnt/fs1-OST0003");
        actions.succeed("unconfigure_target_store", "{'uuid':'5b3c'}");
        assertThat(host.text("/var/lib/chroma/targets/NWIzYw==")).isEmpty();
        assertThat(host.hasDirectory("/mnt/fs1-OST0003")).isFalse();
        actions.succeed("unconfigure_target_store", "{'uuid':'5b3c'}");
    }

    @Test
    void blockDevicesNeedNoImport() {
        actions.succeed("import_target", "{'device_type':'linux','path':'" + DEV + "','validate_importable':true}");
        actions.succeed("export_target", "{'device_type':'lvm_volume','path':'/dev/vg/lv'}");
        assertThat(host.commands()).isEmpty();
    }

    @Test
    void poolsAreImportedByNameAndValidatedByGivingThemBack() {
        actions.succeed(
                "import_target",
                "{'device_type':'zfs','path':'pool1/fs1-OST0003','pacemaker_ha_operation':false,'validate_importable':true}");
        assertThat(host.commands()).containsExactly("zpool import pool1", "zpool export pool1");
    }

    @Test
    void onlyTheClusterMayForceAnImport() {
        String error = "cannot import 'pool1': last accessed by oss2\nuse '-f' to import anyway";
        host.on("zpool import pool1", failed(1, error));
        String plain = "{'device_type':'zfs','path':'pool1','pacemaker_ha_operation':false}";
        assertThat(actions.fail("import_target", plain)).contains("Error (1) running 'zpool import pool1'");
        actions.succeed("import_target", plain.replace("false", "true"));
        assertThat(host.commands())
                .containsExactly("zpool import pool1", "zpool import pool1", "zpool import -f pool1");
    }

    @Test
    void anImportedPoolIsFineUnlessItIsReadOnly() {
        String exists = "cannot import 'pool1': a pool with that name already exists";
        host.on("zpool import pool1", failed(1, exists), failed(1, exists), ok(""));
        host.on(
                "zpool get -Hp all pool1",
                ok("pool1\treadonly\toff\t-\n"),
                ok("pool1\treadonly\ton\t-\n"),
                ok("pool1\treadonly\toff\t-\n"));
        String arguments = "{'device_type':'zfs','path':'pool1','pacemaker_ha_operation':true}";
        actions.succeed("import_target", arguments);
        actions.succeed("import_target", arguments);
        assertThat(host.commands())
                .containsExactly(
                        "zpool import pool1",
                        "zpool get -Hp all pool1",
                        "zpool import pool1",
                        "zpool get -Hp all pool1",
                        "zpool export pool1",
                        "zpool import pool1",
                        "zpool get -Hp all pool1");
    }

    @Test
    void aBusyPoolIsWaitedForAndAMissingOneIsFine() {
        host.on(
                "zpool export pool1",
                failed(1, "cannot export 'pool1': pool is busy"),
                failed(1, "cannot export 'pool1': pool is busy"),
                ok(""));
        actions.succeed("export_target", "{'device_type':'zfs','path':'pool1'}");
        assertThat(host.commands()).hasSize(3);
        host.on("zpool export pool2", failed(1, "cannot open 'pool2': no such pool"));
        actions.succeed("export_target", "{'device_type':'zfs','path':'pool2/x'}");
        host.on("zpool export pool3", failed(1, "cannot export 'pool3': pool is busy"));
        assertThat(actions.fail("export_target", "{'device_type':'zfs','path':'pool3'}"))
                .contains("pool is busy");
        assertThat(host.commands()).filteredOn("zpool export pool3"::equals).hasSize(12);
    }

    @Test
    void theResourceAgentMountsWhatIsConfigured() {
        new ConfigStore(host)
                .put(Section.TARGETS, "u1", new StoredTarget("pool1/fs1-OST0003", "/mnt/fs1-OST0003", "zfs", "zfs"));
        host.on(
                "zpool import pool1",
                failed(1, "cannot import 'pool1': I/O error"),
                failed(1, "cannot import 'pool1': I/O error"),
                ok(""));
        actions.succeed("mount_target", "{'uuid':'u1','pacemaker_ha_operation':'1'}");
        assertThat(host.commands())
                .containsExactly(
                        "zpool import pool1",
                        "zpool import pool1",
                        "zpool import pool1",
                        "mount -t lustre pool1/fs1-OST0003 /mnt/fs1-OST0003");
    }

    @Test
    void aPoolWhoseTargetCannotBeMountedIsGivenBack() {
        new ConfigStore(host)
                .put(Section.TARGETS, "u1", new StoredTarget("pool1/fs1-OST0003", "/mnt/fs1-OST0003", "zfs", "zfs"));
        host.on("mount -t lustre pool1/fs1-OST0003 /mnt/fs1-OST0003", failed(19, "no device"));
        actions.fail("mount_target", "{'uuid':'u1','pacemaker_ha_operation':'0'}");
        assertThat(host.commands()).endsWith("zpool export pool1");
    }

    @Test
    void unmountingAnUnmountedTargetIsFine() {
        new ConfigStore(host).put(Section.TARGETS, "u1", new StoredTarget(DEV, "/mnt/fs1-OST0003", null, null));
        actions.succeed("unmount_target", "{'uuid':'u1'}");
        assertThat(host.commands()).isEmpty();
        mounts("/dev/sdb");
        host.on("umount /dev/sdb", failed(32, "umount: target is busy"));
        assertThat(actions.fail("unmount_target", "{'uuid':'u1'}")).contains("target is busy");
    }

    @Test
    void aTargetRunsOnlyWhenItsOwnDeviceIsMounted() {
        new ConfigStore(host).put(Section.TARGETS, "u1", new StoredTarget(DEV, "/mnt/fs1-OST0003", "ldiskfs", "linux"));
        assertThat(actions.succeed("target_running", "{'uuid':'u1'}").asBoolean())
                .isFalse();
        mounts("/dev/sdb");
        assertThat(actions.succeed("target_running", "{'uuid':'u1'}").asBoolean())
                .isTrue();
        host.file("/dev/sdc", "");
        mounts("/dev/sdc");
        assertThat(actions.succeed("target_running", "{'uuid':'u1'}").asBoolean())
                .isFalse();
        assertThat(actions.succeed("target_running", "{'uuid':'other'}").asBoolean())
                .isFalse();
    }

    @Test
    void writeconfErasesBeforeItSets() {
        actions.succeed(
                "writeconf_target",
                "{'device':'" + DEV
                        + "','target_types':'ost','mgsnode':[['192.0.2.11@tcp','10.9.0.11@o2ib'],['192.0.2.12@tcp']],"
                        + "'failnode':['192.0.2.22@tcp'],'writeconf':true,'erase_params':true,'index':3,"
                        + "'param':{'ost.quota_type':'ug'}}");
        assertThat(host.commands())
                .containsExactly("tunefs.lustre --erase-params --ost --mgsnode=192.0.2.11@tcp,10.9.0.11@o2ib"
                        + " --mgsnode=192.0.2.12@tcp --failnode=192.0.2.22@tcp --writeconf --param ost.quota_type=ug"
                        + " --index=3 " + DEV);
        assertThat(host.lines().getFirst().onceKey()).endsWith(":tunefs");
    }

    @Test
    void purgingDeletesTheLogsOfTheFileSystem() {
        actions.succeed(
                "purge_configuration",
                "{'mgs_device_path':'" + DEV + "','mgs_device_type':'linux','filesystem_name':'fs1'}");
        assertThat(host.commands()).containsExactly("lctl erase_lcfg fs1");
    }

    @Test
    void aParameterIsReadBackFromTheMgs() {
        host.on(
                "lctl --device MGS llog_print rigfs-OST0000",
                Fixtures.lustre217("08-config/llog_print-rigfs-OST0000.out"));
        actions.succeed("set_conf_param", "{'key':'rigfs-OST0000.ost.brw_size','value':'1'}");
        assertThat(host.commands())
                .containsExactly(
                        "lctl conf_param rigfs-OST0000.ost.brw_size=1", "lctl --device MGS llog_print rigfs-OST0000");
        assertThat(actions.fail("set_conf_param", "{'key':'rigfs-OST0000.ost.brw_size','value':'4'}"))
                .contains("the MGS did not record it", "the value '1' for ost.brw_size");
        assertThat(actions.fail("set_conf_param", "{'key':'rigfs-OST0000.ost.nosuch','value':'4'}"))
                .contains("no value for ost.nosuch");
    }

    @Test
    void aClientsParameterOfATargetIsReadFromTheClientsLog() {
        host.on(
                "lctl --device MGS llog_print rigfs-client",
                Fixtures.lustre217("08-config/llog_print-rigfs-client.out"));
        actions.succeed("set_conf_param", "{'key':'rigfs-OST0001.osc.active','value':'1'}");
        assertThat(actions.fail("set_conf_param", "{'key':'rigfs-OST0000.osc.active','value':'1'}"))
                .contains("no value");
        // parameters of the file system may be in the logs of its targets
        actions.succeed("set_conf_param", "{'key':'rigfs.quota.ost','value':'ug'}");
    }

    @Test
    void aParameterIsClearedAndMustBeGone() {
        host.on(
                "lctl --device MGS llog_print rigfs-OST0000",
                Fixtures.lustre217("08-config/llog_print-rigfs-OST0000.out"));
        actions.succeed("set_conf_param", "{'key':'rigfs-OST0000.ost.cleared','value':null}");
        assertThat(host.commands().getFirst()).isEqualTo("lctl conf_param -d rigfs-OST0000.ost.cleared");
        actions.fail("set_conf_param", "{'key':'rigfs-OST0000.ost.brw_size','value':null}");
    }

    @Test
    void whatIsNoParameterIsNeverSent() {
        for (String key :
                new String[] {"rigfs", "rigfs.", ".x", "toolongname.lov.stripesize", "a b.c", "fs1-OST03.x"}) {
            assertThat(actions.fail("set_conf_param", "{'key':'" + key + "','value':'1'}"))
                    .contains("is not the name of a parameter");
        }
        assertThat(host.commands()).isEmpty();
    }

    @Test
    void anMgsThatCannotPrintItsLogIsBelieved() {
        host.on("lctl --device MGS llog_print fs1-MDT0000", failed(2, "OBD_IOC_LLOG_PRINT failed"));
        actions.succeed("set_conf_param", "{'key':'fs1-MDT0000.lov.stripesize','value':'4194304'}");
    }

    @Test
    void argumentsThatAreMissingAreNamed() {
        assertThat(actions.fail("start_target", "{}")).contains("argument 'ha_label' is missing");
        assertThat(actions.fail("check_block_device", "{'path':'/dev/x','device_type':'tape'}"))
                .contains("unknown device type 'tape'");
    }
}
