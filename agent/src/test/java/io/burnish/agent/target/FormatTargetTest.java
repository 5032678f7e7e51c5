package io.burnish.agent.target;

import static io.burnish.agent.testing.ScriptedHost.failed;
import static io.burnish.agent.testing.ScriptedHost.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.agent.lustre.TunefsOutput;
import io.burnish.agent.system.OutcomeUnknownException;
import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.Fixtures;
import io.burnish.agent.testing.ScriptedHost;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target is formatted once, with the command line of the agent contract, 9.2. */
class FormatTargetTest {

    private static final String DEV = "/dev/disk/by-id/virtio-RIGOST0001";
    private static final String MKFS = "mkfs.lustre --ost --mgsnode=192.168.56.11@tcp,10.9.0.11@o2ib"
            + " --mgsnode=192.168.56.12@tcp --failnode=192.168.56.22@tcp --index=0 --fsname=rigfs --backfstype=ldiskfs"
            + " '--mkfsoptions=-J size=2048' " + DEV;
    private static final String ARGUMENTS = "{'target_name':'rigfs-OST0000','device':'" + DEV
            + "','device_type':'linux','backfstype':'ldiskfs','target_types':['ost'],"
            + "'mgsnode':[['192.168.56.11@tcp','10.9.0.11@o2ib'],['192.168.56.12@tcp']],'failnode':['192.168.56.22@tcp'],"
            + "'fsname':'rigfs','index':0,'mkfsoptions':'-J size=2048'}";

    private ScriptedHost host;
    private Actions actions;

    @BeforeEach
    void server(@TempDir Path state) {
        host = new ScriptedHost(state);
        host.on("blkid -p -o value -s UUID " + DEV, "7210135f\n");
        host.on("blkid -p -o value -s TYPE " + DEV, "ext4\n");
        host.on("dumpe2fs -h " + DEV, Fixtures.lustre217("02-format/dumpe2fs-h-ost0.out"));
        actions = Actions.of(TargetActions.all(), host);
    }

    @Test
    void anOstIsFormattedAndDescribed() {
        assertThat(actions.succeed("format_target", ARGUMENTS))
                .isEqualTo(Actions.json(
                        "{'uuid':'7210135f','filesystem_type':'ext4','inode_size':512,'inode_count':131072}"));
        assertThat(host.commands())
                .containsExactly(
                        "modprobe osd_ldiskfs",
                        MKFS,
                        "blkid -p -o value -s UUID " + DEV,
                        "blkid -p -o value -s TYPE " + DEV,
                        "dumpe2fs -h " + DEV);
        assertThat(host.lines().get(1).onceKey()).endsWith(":mkfs");
    }

    @Test
    void flagsAndParametersComeInTheOrderOfTheContract() {
        host.on("modprobe osd_ldiskfs", failed(1, "not found"));
        actions.succeed(
                "format_target",
                "{'target_name':'rigfs-MDT0000','device':'" + DEV
                        + "','device_type':'linux','target_types':['mgs','mdt'],"
                        + "'servicenode':['192.168.56.11@tcp'],'network':['tcp'],'reformat':true,'verbose':true,'index':0,"
                        + "'param':{'mdt.identity_upcall':'NONE'},'comment':'first','device_size':1024,'stripe_count_hint':4}");
        assertThat(host.commands())
                .startsWith(
                        "modprobe osd_ldiskfs",
                        "modprobe ldiskfs",
                        "mkfs.lustre --mgs --mdt --servicenode=192.168.56.11@tcp --network=tcp --reformat --verbose"
                                + " --param mdt.identity_upcall=NONE --index=0 --comment=first --device-size=1024"
                                + " --stripe-count-hint=4 " + DEV);
    }

    @Test
    void aZfsTargetGetsADatasetOfItsOwn() {
        host.on("zfs get -H -o value guid pool1/fs1-OST0003", "1730022184\n");
        assertThat(actions.succeed(
                        "format_target",
                        "{'target_name':'fs1-OST0003','device':'pool1','device_type':'zfs','backfstype':'zfs',"
                                + "'target_types':['ost'],'fsname':'fs1','index':3}"))
                .isEqualTo(Actions.json(
                        "{'uuid':'1730022184','filesystem_type':'zfs','inode_size':null,'inode_count':null}"));
        assertThat(host.commands())
                .containsExactly(
                        "modprobe osd_zfs",
                        "modprobe zfs",
                        "zpool set failmode=panic pool1",
                        "mkfs.lustre --ost --index=3 --fsname=fs1 --backfstype=zfs --mkfsoptions=mountpoint=none"
                                + " pool1/fs1-OST0003",
                        "zfs get -H -o value guid pool1/fs1-OST0003");
    }

    @Test
    void aDeviceThatCarriesATargetIsNotOverwritten() {
        host.on(MKFS, failed(1, Fixtures.lustre217("02-format/mkfs-already-formatted.err")));
        assertThat(actions.fail("format_target", ARGUMENTS))
                .startsWith("Server oss1.lab.example could not format rigfs-OST0000 on " + DEV
                        + ": the device carries a Lustre target already")
                .contains("Error (1) running 'mkfs.lustre --ost");
        assertThat(host.commands()).endsWith(MKFS);
    }

    @Test
    void anOstWithoutAnIndexIsRefusedBeforeAnythingRuns() {
        assertThat(actions.fail(
                        "format_target",
                        "{'target_name':'x','device':'/dev/x','device_type':'linux','target_types':['ost']}"))
                .contains("an OST needs an index");
        assertThat(host.commands()).isEmpty();
    }

    @Test
    void aFormatThatHadFinishedBeforeTheServerWentDownIsNotRepeated() {
        host.reply(MKFS, (line, output) -> {
            throw new OutcomeUnknownException(line);
        });
        String found = Fixtures.lustre217("02-format/tunefs-dryrun-ost0.out")
                .replace(
                        "mgsnode=192.168.56.11@tcp:192.168.56.12@tcp",
                        "mgsnode=192.168.56.11@tcp,10.9.0.11@o2ib:192.168.56.12@tcp");
        host.on("tunefs.lustre --dryrun " + DEV, found);
        actions.succeed("format_target", ARGUMENTS);
        assertThat(host.commands())
                .filteredOn(line -> line.startsWith("mkfs.lustre"))
                .containsExactly(MKFS);
    }

    @Test
    void aFormatThatTheServersEndHasTornIsDoneAgain() {
        host.reply(MKFS, (line, output) -> {
            throw new OutcomeUnknownException(line);
        });
        host.on("tunefs.lustre --dryrun " + DEV, failed(19, "has not been formatted"));
        actions.succeed("format_target", ARGUMENTS);
        String again = MKFS.replace("--index", "--reformat --index");
        assertThat(host.commands())
                .filteredOn(line -> line.startsWith("mkfs.lustre"))
                .containsExactly(MKFS, again);
        assertThat(host.lines())
                .filteredOn(line -> line.program().equals("mkfs.lustre"))
                .last()
                .satisfies(line -> assertThat(line.onceKey()).endsWith(":mkfs-boot-1"));
    }

    @Test
    void onlyExactlyTheWantedAndNeverMountedTargetCountsAsFormatted() {
        WantedTarget wanted =
                new WantedTarget("fs1-OST0003", Set.of("ost"), "fs1", Set.of("192.0.2.11@tcp", "192.0.2.12@tcp"));
        String good =
                "Target: fs1:OST0003\nLustre FS: fs1\nFlags: 0x62\nParameters: mgsnode=192.0.2.11@tcp:192.0.2.12@tcp\n";
        assertThat(matches(wanted, good)).isTrue();
        assertThat(matches(wanted, good.replace("fs1:OST0003", "fs1-OST0003"))).isTrue();
        assertThat(matches(wanted, good.replace("OST0003", "OST0004"))).isFalse();
        assertThat(matches(wanted, good.replace("0x62", "0x2")))
                .as("was in use")
                .isFalse();
        assertThat(matches(wanted, good.replace("0x62", "0x61"))).as("an MDT").isFalse();
        assertThat(matches(wanted, good.replace(":192.0.2.12@tcp", "")))
                .as("another MGS")
                .isFalse();
        assertThat(matches(wanted, good.replace("Lustre FS: fs1", "Lustre FS: fs2")))
                .isFalse();
    }

    @Test
    void aDryRunDescribesNothing() {
        actions.succeed("format_target", ARGUMENTS.replace("'index':0", "'index':0,'dryrun':true"));
        assertThat(host.commands()).last().asString().contains("--dryrun");
    }

    private static boolean matches(WantedTarget wanted, String tunefs) {
        return wanted.matches(TunefsOutput.parse(tunefs).orElseThrow());
    }

    @Test
    void theRealCommandsResultIsKeptInTheRecord() {
        host.on(MKFS, ok("Writing CONFIGS/mountdata\n"));
        assertThat(actions.run("format_target", ARGUMENTS).commands())
                .filteredOn(record -> record.args().getFirst().equals("mkfs.lustre"))
                .singleElement()
                .satisfies(record -> assertThat(record.stdout()).isEqualTo("Writing CONFIGS/mountdata\n"));
    }
}
