package io.burnish.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.report.PackageReport;
import io.burnish.contracts.agent.report.PackageReport.Version;
import io.burnish.simulator.lab.Rpm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real agent installs, reports and updates packages on a virtual server. */
class PackagesTest {

    private static final Version LUSTRE = new Version("0", "2.15.5", "1.el8", "x86_64");
    private static final Map<String, Object> STORAGE_SERVER = Map.of(
            "repos", List.of("iml-agent", "lustre", "e2fsprogs"),
            "packages", List.of("chroma-agent-management", "kernel-devel-lustre", "lustre-ldiskfs-zfs"));

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

    private void useRepositories() {
        rig.act(
                "mds1",
                "configure_repo",
                Map.of(
                        "filename",
                        "Intel-Lustre-Agent.repo",
                        "file_contents",
                        "[iml-agent]\nenabled=0\n\n[lustre]\nenabled=0\n\n[e2fsprogs]\nenabled=0\n"));
    }

    private PackageReport.Versions lustre(JsonNode packages) {
        return ContractJson.mapper().convertValue(packages.path("lustre").path("lustre"), PackageReport.Versions.class);
    }

    private JsonNode seen() {
        return rig.act("mds1", "device_plugin", Map.of("plugin", "packages"))
                .path("packages")
                .path("packages");
    }

    private void publish(Rpm rpm) {
        rig.lab.change(() -> rig.lab.state().repositories.get("lustre").add(rpm));
    }

    @Test
    void withoutRepositoriesNothingIsReportedAndNothingCanBeInstalled() {
        assertThat(seen()).isEmpty();
        assertThat(rig.outcome("mds1", "install_packages", STORAGE_SERVER))
                .isInstanceOfSatisfying(ActionOutcome.Failed.class, failed -> assertThat(failed.error())
                        .contains("Unknown repo: 'iml-agent'"));
    }

    @Test
    void aPackageIsInstalledWithWhatItNeedsAndUpdatedWhenANewerOneIsPublished() {
        useRepositories();
        assertThat(lustre(seen())).isEqualTo(new PackageReport.Versions(List.of(LUSTRE), List.of()));

        JsonNode installed = rig.act("mds1", "install_packages", STORAGE_SERVER);
        assertThat(lustre(installed)).isEqualTo(new PackageReport.Versions(List.of(LUSTRE), List.of(LUSTRE)));
        // what was there before is brought to the repositories' version
        assertThat(installed.path("e2fsprogs").path("e2fsprogs").path("installed"))
                .singleElement()
                .satisfies(
                        version -> assertThat(version.path("version").asText()).isEqualTo("1.47.1"));

        Version newer = new Version("0", "2.15.6", "1.el8", "x86_64");
        publish(Rpm.of("lustre", "2.15.6", "1.el8", "x86_64", "kmod-lustre"));
        assertThat(lustre(seen())).isEqualTo(new PackageReport.Versions(List.of(LUSTRE, newer), List.of(LUSTRE)));
        assertThat(lustre(rig.act("mds1", "install_packages", STORAGE_SERVER)))
                .isEqualTo(new PackageReport.Versions(List.of(LUSTRE, newer), List.of(newer)));
        assertThat(rig.lab.state().unknown).isEmpty();
    }

    @Test
    void aPackageWhoseRequirementNobodyProvidesChangesNothing() {
        useRepositories();
        rig.act("mds1", "install_packages", STORAGE_SERVER);
        publish(Rpm.of("lustre", "2.16.0", "1.el8", "x86_64", "kmod-lustre = 2.16.0-1.el8"));
        assertThat(rig.outcome("mds1", "install_packages", STORAGE_SERVER))
                .isInstanceOfSatisfying(ActionOutcome.Failed.class, failed -> assertThat(failed.error())
                        .contains("nothing provides kmod-lustre = 2.16.0-1.el8 needed by lustre-2.16.0"));
        assertThat(lustre(seen()).installed()).containsExactly(LUSTRE);
    }

    @Test
    void aNewKernelIsInstalledBesideTheRunningOneAndRunsAfterTheNextBoot() {
        useRepositories();
        rig.act("mds1", "install_packages", STORAGE_SERVER);
        publish(Rpm.of("kernel", "4.18.0", "553.5.1.el8_lustre", "x86_64"));
        rig.act("mds1", "install_packages", STORAGE_SERVER);
        JsonNode before = rig.act("mds1", "kernel_status", Map.of());
        assertThat(before.path("running").asText()).isEqualTo("kernel-4.18.0-553.el8_lustre.x86_64");
        assertThat(before.path("required").asText()).isEqualTo("kernel-4.18.0-553.5.1.el8_lustre.x86_64");
        assertThat(before.path("available")).hasSize(2);
        rig.rack.reboot("mds1.lab.example");
        JsonNode after = rig.act("mds1", "kernel_status", Map.of());
        assertThat(after.path("running")).isEqualTo(after.path("required"));
    }
}
