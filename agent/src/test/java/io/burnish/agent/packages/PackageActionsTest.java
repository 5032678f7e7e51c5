package io.burnish.agent.packages;

import static io.burnish.agent.testing.ScriptedHost.failed;
import static io.burnish.agent.testing.ScriptedHost.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.command.Commands;
import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.Fixtures;
import io.burnish.agent.testing.ScriptedHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages are installed as the agent contract says, 8.2. */
class PackageActionsTest {

    private static final String INSTALL =
            "dnf install --allowerasing -y --exclude kernel-debug --enablerepo=lustre lustre"
                    + " kernel-3.10.0-693.2.2.el7_lustre";
    private static final String UPGRADES = "dnf repoquery --quiet '--queryformat=%{name} %{version}-%{release}.%{arch}"
            + " %{repoid}' --upgrades --disablerepo=* --enablerepo=lustre";
    private static final String ARGUMENTS = "{'repos':['lustre'],'packages':['lustre']}";
    private static final String AVAILABLE = "dnf repoquery --available --quiet --disablerepo=* --enablerepo=lustre"
            + " '--queryformat=%{EPOCH} %{NAME} %{VERSION} %{RELEASE} %{ARCH}'";

    private ScriptedHost host;
    private Actions actions;

    @BeforeEach
    void server(@TempDir Path state) {
        host = new ScriptedHost(state);
        actions = Actions.of(PackageActions.all(), host);
        host.on(
                "dnf repoquery --requires --quiet --enablerepo=lustre lustre",
                "kernel = 3.10.0-693.2.2.el7_lustre\nlibc.so.6()(64bit)\nrpmlib(PayloadIsXz) <= 5.2-1\n/bin/sh\n");
        host.on("grubby --default-kernel", "/boot/vmlinuz-3.10.0-693.2.2.el7_lustre.x86_64\n");
        host.file("/boot/initramfs-3.10.0-693.2.2.el7_lustre.x86_64.img", "");
    }

    @Test
    void packagesAreInstalledWithTheKernelThatTheyNeed() {
        host.on(UPGRADES, "lustre 2.10.2-1.el7.x86_64 lustre\nvim 8-1.x86_64 base\nsome chatter of the tool\n");
        actions.succeed("install_packages", ARGUMENTS);
        assertThat(host.commands())
                .containsExactly(
                        "dnf clean all --enablerepo=*",
                        "dnf repoquery --requires --quiet --enablerepo=lustre lustre",
                        INSTALL,
                        UPGRADES,
                        "dnf update --allowerasing -y --exclude kernel-debug --enablerepo=lustre lustre",
                        "grubby --default-kernel");
        assertThat(host.lines().get(2).onceKey()).endsWith(":install-1-boot-1");
        assertThat(host.lines().get(4).onceKey()).endsWith(":update-1-boot-1");
        assertThat(host.lines().get(3).onceKey()).isNull();
    }

    @Test
    void aMirrorThatFailsIsAskedThreeTimes() {
        host.on(INSTALL, failed(1, "cannot download"), failed(1, "cannot download"), ok("Complete!"));
        actions.succeed("install_packages", ARGUMENTS);
        assertThat(host.commands())
                .containsSubsequence(INSTALL, "dnf clean metadata", INSTALL, "dnf clean metadata", INSTALL);
        assertThat(host.lines())
                .filteredOn(line -> line.args().contains("install"))
                .extracting(line -> line.onceKey().replaceFirst("^.*:", ""))
                .containsExactly("install-1-boot-1", "install-2-boot-1", "install-3-boot-1");
        host.on(UPGRADES, failed(1, "cannot download"));
        assertThat(actions.fail("install_packages", ARGUMENTS)).contains("Error (1) running 'dnf repoquery --quiet");
    }

    @Test
    void aServerThatWouldNotBootIsAFailure() {
        host.on("grubby --default-kernel", "/boot/vmlinuz-9.9\n");
        ScriptedHost other = new ScriptedHost(host.stateDirectory());
        other.on("grubby --default-kernel", "/boot/vmlinuz-9.9\n");
        assertThat(Actions.of(PackageActions.all(), other).fail("install_packages", ARGUMENTS))
                .contains("cannot boot", "/boot/initramfs-9.9.img does not exist");
    }

    @Test
    void theReportListsWhatIsAvailableAndInstalled() {
        host.file("/etc/yum.repos.d/Intel-Lustre-Agent.repo", "[lustre]\nname=x\n");
        host.on(AVAILABLE, "Last metadata expiration check: 0:01\n" + Fixtures.contract("dnf-repoquery.txt"));
        host.on(
                "rpm -qa --queryformat '%{EPOCH} %{NAME} %{VERSION} %{RELEASE} %{ARCH}\\n'",
                "(none) lustre 2.10.0 1.el7 x86_64\n");
        assertThat(actions.succeed("install_packages", ARGUMENTS).path("lustre").path("lustre"))
                .isEqualTo(Actions.json(
                        "{'available':[{'epoch':'0','version':'2.10.1','release':'1.el7','arch':'x86_64'}],"
                                + "'installed':[{'epoch':'0','version':'2.10.0','release':'1.el7','arch':'x86_64'}]}"));
        assertThat(host.commands()).contains("dnf clean all --disablerepo=* --enablerepo=lustre");
    }

    @Test
    void aRepositoryThatFallsSilentAfterTheInstallationIsNoFailureOfIt() {
        host.file("/etc/yum.repos.d/Intel-Lustre-Agent.repo", "[lustre]\nname=x\n");
        host.on(AVAILABLE, failed(1, "Cannot download repomd.xml"));
        assertThat(actions.succeed("install_packages", ARGUMENTS)).isNull();
    }

    @Test
    void repositoriesAreAskedOnlyWhenEverythingIsWanted() throws Exception {
        PackagePlugin plugin = new PackagePlugin(host);
        Commands commands = Commands.unrecorded(host, Duration.ofSeconds(1));
        assertThat(plugin.scan(commands)).isEqualTo(Actions.json("{'packages':{}}"));
        assertThat(host.commands()).isEmpty();
        host.file("/etc/yum.repos.d/Intel-Lustre-Agent.repo", "[lustre]\nname=x\n");
        host.on(AVAILABLE, failed(1, "Cannot download repomd.xml"), ok("0 lustre 2.10.1 1.el7 x86_64\n"));
        assertThat(plugin.poll(commands, false)).isEmpty();
        assertThat(plugin.poll(commands, true)).contains((ObjectNode) Actions.json("{}"));
        assertThat(plugin.poll(commands, true)).contains((ObjectNode) Actions.json(
                "{'packages':{'lustre':{'lustre':{'available':[{'epoch':'0','version':'2.10.1','release':'1.el7',"
                        + "'arch':'x86_64'}],'installed':[]}}}}"));
        int asked = host.commands().size();
        assertThat(plugin.poll(commands, false)).isEmpty();
        assertThat(host.commands()).hasSize(asked);
    }

    @Test
    void aServersKernelIsTheNewestWithLustre() {
        host.on("uname -r", "3.10.0-514.el7.x86_64\n");
        host.on(
                "rpm -q kernel",
                "kernel-3.10.0-693.el7.x86_64\nkernel-3.10.0-693.el7_lustre.x86_64\nkernel-3.10.0-693.2.2.el7_lustre.x86_64\n");
        assertThat(actions.succeed("kernel_status", "{}"))
                .isEqualTo(Actions.json("{'running':'kernel-3.10.0-514.el7.x86_64',"
                        + "'required':'kernel-3.10.0-693.2.2.el7_lustre.x86_64','available':['kernel-3.10.0-693.el7.x86_64',"
                        + "'kernel-3.10.0-693.el7_lustre.x86_64','kernel-3.10.0-693.2.2.el7_lustre.x86_64']}"));
    }

    @Test
    void aClientsKernelIsTheOneItsModulesNeed() {
        host.on("uname -r", "3.10.0-693.el7.x86_64\n");
        host.on("rpm -q --whatprovides kmod-lustre", failed(1, "no package provides kmod-lustre"));
        host.on("rpm -q --requires kmod-lustre-client", "/bin/sh\nkernel >= 3.10.0-693\n");
        host.on("rpm -q kernel-3.10.0-693*", "kernel-3.10.0-693.el7.x86_64\n");
        assertThat(actions.succeed("kernel_status", "{}").path("required").asText())
                .isEqualTo("kernel-3.10.0-693.el7.x86_64");
        host.on("rpm -q kmod-lustre-client", failed(1, "not installed"));
        assertThat(actions.succeed("kernel_status", "{}").path("required").isNull())
                .isTrue();
    }

    @Test
    void repositoryFilesGetThePathsOfThisServersCertificates() {
        actions.succeed(
                "configure_repo",
                "{'filename':'Intel-Lustre-Agent.repo','file_contents':'sslcacert = {0}\\nsslclientkey = {1}\\nsslclientcert = {2}\\n'}");
        Path state = host.stateDirectory();
        assertThat(host.text("/etc/yum.repos.d/Intel-Lustre-Agent.repo"))
                .contains("sslcacert = " + state.resolve("authority.crt") + "\nsslclientkey = "
                        + state.resolve("private.pem") + "\nsslclientcert = " + state.resolve("self.crt") + "\n");
        assertThat(host.mode("/etc/yum.repos.d/Intel-Lustre-Agent.repo")).isEqualTo(0644);
        actions.succeed("unconfigure_repo", "{'filename':'Intel-Lustre-Agent.repo'}");
        actions.succeed("unconfigure_repo", "{'filename':'Intel-Lustre-Agent.repo'}");
        assertThat(host.text("/etc/yum.repos.d/Intel-Lustre-Agent.repo")).isEmpty();
        assertThat(actions.fail("unconfigure_repo", "{'filename':'../passwd'}")).contains("not a plain file name");
    }

    @Test
    void onlyExactVersionsAreAddedToAnInstallation() {
        assertThat(InstallPackages.exactVersions(List.of("a = 1", "a = 1", "b >= 2", "c()(64bit) = 3", "/bin/d = 4")))
                .containsExactly("a-1");
    }
}
