package io.burnish.agent.lustre;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.agent.testing.Fixtures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lustre's own output is understood in both generations. */
class LustreOutputTest {

    @Test
    void aRegisteredTargetOfAnOldServerIsRead() {
        TunefsOutput output =
                TunefsOutput.parse(Fixtures.contract("tunefs-dryrun.txt")).orElseThrow();
        assertThat(output.target()).isEqualTo("fs1-OST0003");
        assertThat(output.fsname()).isEqualTo("fs1");
        assertThat(output.index()).isEqualTo("3");
        assertThat(output.flags()).isEqualTo(2);
        assertThat(output.kinds()).containsExactly("ost");
        assertThat(output.fresh()).isFalse();
        assertThat(output.parameters())
                .containsEntry("failover.node", List.of("192.0.2.22@tcp"))
                .containsEntry("mgsnode", List.of("192.0.2.11@tcp", "192.0.2.12@tcp"));
    }

    @Test
    void theValuesOnTheDeviceCountNotThoseThatWouldBeWritten() {
        TunefsOutput fresh = TunefsOutput.parse(Fixtures.lustre217("02-format/tunefs-dryrun-ost0.out"))
                .orElseThrow();
        assertThat(fresh.target()).isEqualTo("rigfs-OST0000");
        assertThat(fresh.fresh()).isTrue();
        assertThat(fresh.parameters().get("mgsnode")).containsExactly("192.168.56.11@tcp", "192.168.56.12@tcp");
        TunefsOutput changed = TunefsOutput.parse(Fixtures.lustre217("02-format/tunefs-writeconf.out"))
                .orElseThrow();
        assertThat(changed.target()).isEqualTo("rigfs-OST0007");
        assertThat(changed.flags()).isEqualTo(0x1062);
    }

    @Test
    void anMgtHasNoFileSystemAndNoNumber() {
        TunefsOutput mgt = TunefsOutput.parse(Fixtures.lustre217("02-format/tunefs-dryrun-mgt.out"))
                .orElseThrow();
        assertThat(mgt.target()).isEqualTo("MGS");
        assertThat(mgt.fsname()).isEmpty();
        assertThat(mgt.isMgs()).isTrue();
        assertThat(mgt.isMgsAndMdt()).isFalse();
    }

    @Test
    void theSeparatorBeforeRegistrationIsNotPartOfTheName() {
        for (String separator : List.of(":", "=", "-")) {
            String text = "Target:     fs1" + separator + "OST0003\nFlags:      0x62\n";
            assertThat(TunefsOutput.parse(text).orElseThrow().registeredName()).isEqualTo("fs1-OST0003");
        }
        assertThat(TunefsOutput.parse("Target: fs1:OSTffff\nFlags: 0x72\n")
                        .orElseThrow()
                        .unnumbered())
                .isTrue();
    }

    @Test
    void whatIsNoTargetGivesNothing() {
        assertThat(TunefsOutput.parse("checking for existing Lustre data: not found\n"))
                .isEmpty();
    }

    @Test
    void targetsAndClientsAreToldApartInTheMountTable() {
        MountTable table = MountTable.parse(Fixtures.lustre217("03-mount/proc-mounts.out"));
        assertThat(table.targets())
                .extracting(MountTable.Entry::source)
                .containsExactly("/dev/vdb", "/dev/vdc", "/dev/vdd", "/dev/vde");
        assertThat(table.targets())
                .extracting(entry -> entry.serviceName().orElse(""))
                .containsExactly("MGS", "rigfs-MDT0000", "rigfs-OST0000", "rigfs-OST0001");
        assertThat(table.clients())
                .extracting(MountTable.Entry::source)
                .containsExactly("192.168.56.11@tcp:192.168.56.12@tcp:/rigfs");
    }

    @Test
    void aDatasetIsATargetAndBlanksInPathsAreDecoded() {
        MountTable table = MountTable.parse("""
                pool1/fs1-OST0003 /mnt/fs1-OST0003 lustre ro 0 0
                192.0.2.11@tcp,10.0.0.1@o2ib:192.0.2.12@tcp:/fs1 /mnt/my\\040files lustre rw 0 0
                # a comment /x ext4
                """);
        assertThat(table.targets()).extracting(MountTable.Entry::source).containsExactly("pool1/fs1-OST0003");
        assertThat(table.clients()).extracting(MountTable.Entry::mountPoint).containsExactly("/mnt/my files");
        assertThat(table.at("/mnt/my files")).isPresent();
    }

    @Test
    void recoveryStatusIsReadInAllFourForms() {
        assertThat(RecoveryStatus.parse(Fixtures.contract("recovery-inactive.txt")))
                .isEqualTo(Map.of("status", "INACTIVE"));
        assertThat(RecoveryStatus.parse(Fixtures.contract("recovery-complete.txt")))
                .containsEntry("completed_clients", "4/4")
                .containsEntry("IR", "ENABLED");
        assertThat(RecoveryStatus.parse(Fixtures.contract("recovery-recovering.txt")))
                .containsEntry("time_remaining", "251")
                .containsEntry("connected_clients", "1/4");
        assertThat(RecoveryStatus.parse(Fixtures.contract("recovery-waiting.txt")))
                .isEqualTo(Map.of("status", "WAITING_FOR_CLIENTS"));
    }

    @Test
    void parametersPrintedOnTheirOwnLineAndBelowItAreRead() {
        GetParamOutput output = GetParamOutput.parse(Fixtures.lustre217("05-params/recovery_status.out")
                + Fixtures.lustre217("05-params/mdt-md_stats.out")
                + Fixtures.lustre217("05-params/lnet-params.out"));
        assertThat(output.get("mdt.rigfs-MDT0000.recovery_status")).isEqualTo("status: INACTIVE");
        assertThat(output.get("mdt.rigfs-MDT0000.md_stats")).contains("open                      418 samples [usecs]");
        assertThat(output.get("stats")).isEqualTo("0 22 0 7805 7794 0 11 275548752 275543032 0 5720");
        assertThat(output.get("nis")).contains("192.168.56.11@tcp");
    }

    @Test
    void linesOfValuesThatLookLikeParametersStayValues() {
        GetParamOutput output = GetParamOutput.parse(Fixtures.lustre217("09-hsm/hsm_actions.out"));
        assertThat(output.get("mdt.rigfs-MDT0000.hsm.actions").lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("lrh="));
        assertThat(output.get("mdt.rigfs-MDT0000.hsm.agents")).startsWith("uuid=981452c3");
    }

    @Test
    void targetsOfAConfigurationLogAreFound() {
        assertThat(LlogReaderOutput.parse(Fixtures.contract("llog_reader.txt")))
                .containsExactly(
                        new LlogReaderOutput.Setup("fs1-MDT0000", "fs1-MDT0000_UUID", "192.0.2.12@tcp"),
                        new LlogReaderOutput.Setup("fs1-OST0003", "fs1-OST0003_UUID", "192.0.2.21@tcp"));
    }

    @Test
    void theDistributionIsReadFromItsReleaseFile() {
        assertThat(OsRelease.parse(Fixtures.lustre217("00-base/os-release.out")))
                .isEqualTo(new OsRelease("Debian GNU/Linux", 12));
        assertThat(OsRelease.parse("NAME=\"CentOS Linux\"\nVERSION_ID=\"7.4.1708\"\n"))
                .isEqualTo(new OsRelease("CentOS Linux", 7.4));
        assertThat(OsRelease.parse("").version()).isZero();
    }
}
