package io.burnish.agent.report;

import static io.burnish.agent.testing.ScriptedHost.failed;
import static io.burnish.agent.testing.ScriptedHost.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.agent.command.Commands;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.corosync.CorosyncPlugin;
import io.burnish.agent.device.DevicePaths;
import io.burnish.agent.lnet.LnetActions;
import io.burnish.agent.lustre.LustrePlugin;
import io.burnish.agent.network.NetworkPlugin;
import io.burnish.agent.testing.Actions;
import io.burnish.agent.testing.Fixtures;
import io.burnish.agent.testing.ScriptedHost;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.report.CorosyncReport;
import io.burnish.contracts.agent.report.LustreReport;
import io.burnish.contracts.agent.report.NetworkReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins report what the agent contract says, 5 and 7. */
class PluginsTest {

    private ScriptedHost host;
    private Commands commands;

    @BeforeEach
    void server(@TempDir Path state) {
        host = new ScriptedHost(state);
        commands = Commands.unrecorded(host, Duration.ofSeconds(1));
    }

    private <T> T scan(Plugin plugin, Class<T> type) throws Exception {
        return ContractJson.read(ContractJson.text(plugin.scan(commands)), type);
    }

    @Test
    void theNetworkIsReportedWithItsNids() throws Exception {
        host.on("ip addr", Fixtures.contract("ip-addr.txt"));
        host.file("/proc/net/dev", Fixtures.contract("net-dev.txt"));
        host.on("lctl get_param -n nis", Fixtures.contract("lnet-nis.txt"));
        NetworkReport report = scan(new NetworkPlugin(host), NetworkReport.class);
        assertThat(report.interfaces()).containsOnlyKeys("eth0", "ib0");
        assertThat(report.interfaces().get("eth0"))
                .isEqualTo(new NetworkReport.Interface(
                        "52:54:00:aa:bb:01",
                        "192.0.2.21",
                        24,
                        "fe80::5054:ff:feaa:bb01",
                        "tcp",
                        "904417733",
                        "77120945",
                        true,
                        false));
        assertThat(report.interfaces().get("ib0").type()).isEqualTo("o2ib");
        assertThat(report.interfaces().get("ib0").rxBytes()).isEqualTo("0");
        assertThat(report.lnet().state()).isEqualTo("lnet_up");
        assertThat(report.lnet().nids().get("ib0")).isEqualTo(new NetworkReport.LnetNid("10.9.0.21", "o2ib", 1));
        assertThat(host.commands())
                .containsExactly(
                        "ip addr", "udevadm info --path /sys/module/lnet", "lnetctl net show", "lctl get_param -n nis");
    }

    @Test
    void theLastNidsAreReportedWhileLnetIsNotUp() throws Exception {
        host.on("ip addr", Fixtures.contract("ip-addr.txt"));
        host.on("lctl get_param -n nis", Fixtures.contract("lnet-nis.txt"));
        host.on("lnetctl net show", ok(""), failed(156, "show:\n    - net:\n          errno: -100"));
        NetworkPlugin plugin = new NetworkPlugin(host);
        scan(plugin, NetworkReport.class);
        NetworkReport down = scan(plugin, NetworkReport.class);
        assertThat(down.lnet().state()).isEqualTo("lnet_down");
        assertThat(down.lnet().nids()).containsOnlyKeys("eth0", "ib0");
        host.on("udevadm info --path /sys/module/lnet", failed(1, "Unknown device"));
        assertThat(scan(plugin, NetworkReport.class).lnet().state()).isEqualTo("lnet_unloaded");
    }

    @Test
    void nidsThatNobodyKnowsAreNotReportedAsNone() throws Exception {
        host.on("ip addr", Fixtures.contract("ip-addr.txt"));
        host.on("udevadm info --path /sys/module/lnet", failed(1, "Unknown device"));

        assertThat(scan(new NetworkPlugin(host), NetworkReport.class).lnet())
                .isEqualTo(new NetworkReport.Lnet("lnet_unloaded", null));
    }

    @Test
    void whatWasConfiguredIsReportedWhileLnetIsNotUp() throws Exception {
        host.on("ip addr", Fixtures.contract("ip-addr.txt"));
        host.on("udevadm info --path /sys/module/lnet", failed(1, "Unknown device"));
        Actions.of(LnetActions.all(), host).succeed("configure_lnet", """
                {"lnet_configuration": {"state": "lnet_unloaded", "modprobe_entries": ["o2ib3(ib0)"],
                "network_interfaces": [["10.9.0.21", "o2ib", 3]]}}""");

        assertThat(scan(new NetworkPlugin(host), NetworkReport.class).lnet().nids())
                .isEqualTo(Map.of("ib0", new NetworkReport.LnetNid("10.9.0.21", "o2ib", 3)));
    }

    @Test
    void lustreOnARealServerIsReported() throws Exception {
        host.file("/etc/os-release", Fixtures.lustre217("00-base/os-release.out"));
        host.file("/proc/sys/kernel/osrelease", "6.1.0-56-amd64\n");
        host.file("/proc/modules", Fixtures.lustre217("07-proc/modules.out"));
        host.file("/proc/mounts", Fixtures.lustre217("03-mount/proc-mounts.out"));
        host.on("blkid -p -o value -s UUID /dev/vdd", "7210135f\n")
                .on("blkid -p -o value -s UUID /dev/vdb", "811a1563\n");
        host.on("blkid -p -o value -s UUID /dev/vdc", failed(2, ""));
        host.on(
                "lctl get_param mdt.*.recovery_status obdfilter.*.recovery_status",
                "obdfilter.rigfs-OST0000.recovery_status=\nstatus: RECOVERING\ntime_remaining: 251\n");
        host.on("lctl get_param -n jobid_var", "procname_uid\n");
        host.on("crm_mon -1 -r", Fixtures.contract("crm_mon.txt"));
        LustrePlugin plugin = new LustrePlugin(host, "1.0.0", new DevicePaths());
        LustreReport report = scan(plugin, LustreReport.class);
        assertThat(report.properties())
                .isEqualTo(new LustreReport.Properties(true, "Debian GNU/Linux", 12, "6.1.0-56-amd64"));
        assertThat(report.mounts())
                .containsExactly(
                        new LustreReport.Mount("/dev/vdb", "811a1563", "/mnt/mgt", "MGS", Map.of()),
                        new LustreReport.Mount(
                                "/dev/vdd",
                                "7210135f",
                                "/mnt/ost0",
                                "rigfs-OST0000",
                                Map.of("status", "RECOVERING", "time_remaining", "251")));
        assertThat(report.clientMounts())
                .containsExactly(
                        new LustreReport.ClientMount("192.168.56.11@tcp:192.168.56.12@tcp:/rigfs", "/mnt/rigfs"));
        assertThat(report.resourceLocations().nodes())
                .containsEntry("fs1-OST0003_9be1f0", "oss1.example.net")
                .containsEntry("fs1-OST0004_77ab01", null);
        assertThat(report.jobidVar()).isEqualTo("procname_uid");
    }

    @Test
    void identitiesOfMountedTargetsAreAskedForOnce() throws Exception {
        host.file("/proc/mounts", "/dev/sdb /mnt/ost lustre ro 0 0\npool1/ds /mnt/zost lustre ro 0 0\n");
        host.on("blkid -p -o value -s UUID /dev/sdb", "u1\n");
        host.on("blkid -c/dev/null -o value -s LABEL /dev/sdb", "fs1-OST0003\n");
        host.on("zfs get -H -o value guid pool1/ds", "17\n")
                .on("zfs get -H -o value lustre:svname pool1/ds", "fs1-OST0004\n");
        LustrePlugin plugin = new LustrePlugin(host, "1.0.0", new DevicePaths());
        scan(plugin, LustreReport.class);
        LustreReport again = scan(plugin, LustreReport.class);
        assertThat(again.mounts()).extracting(LustreReport.Mount::label).containsExactly("fs1-OST0003", "fs1-OST0004");
        assertThat(again.mounts()).extracting(LustreReport.Mount::fsUuid).containsExactly("u1", "17");
        assertThat(host.commands())
                .filteredOn("blkid -p -o value -s UUID /dev/sdb"::equals)
                .hasSize(1);
        host.file("/proc/mounts", "");
        assertThat(scan(plugin, LustreReport.class).mounts()).isEmpty();
    }

    @Test
    void aClusterThatDoesNotAnswerIsAnErrorAndOneThatIsNotInstalledIsNothing() throws Exception {
        host.on("crm_mon -1 -r", failed(107, "Connection to cluster failed"));
        LustrePlugin plugin = new LustrePlugin(host, "1.0.0", new DevicePaths());
        assertThat(scan(plugin, LustreReport.class).resourceLocations())
                .isEqualTo(new LustreReport.ResourceLocations(
                        null, "crm_mon exited with 107:  Connection to cluster failed"));
        host.missing("crm_mon");
        assertThat(scan(plugin, LustreReport.class).resourceLocations()).isNull();
    }

    @Test
    void theTimeOfALookIsNoChange() throws Exception {
        LustrePlugin plugin = new LustrePlugin(host, "1.0.0", new DevicePaths());
        assertThat(plugin.significant(plugin.scan(commands)).has("started_at")).isFalse();
        NetworkPlugin network = new NetworkPlugin(host);
        host.on("ip addr", Fixtures.contract("ip-addr.txt"));
        assertThat(network.significant(network.scan(commands)).toString()).doesNotContain("rx_bytes", "tx_bytes");
    }

    @Test
    void theClusterIsReportedOnManagedServersOnly() throws Exception {
        CorosyncPlugin plugin = new CorosyncPlugin(host);
        assertThat(plugin.applies()).isFalse();
        new ConfigStore(host).put(ConfigStore.Section.SETTINGS, "profile", Actions.json("{'managed':true}"));
        assertThat(plugin.applies()).isTrue();
        host.on("crm_mon --one-shot --as-xml", Fixtures.contract("crm_mon-xml.txt"));
        host.on("service pacemaker status", failed(3, ""));
        CorosyncReport report = scan(plugin, CorosyncReport.class);
        assertThat(report.crmInfo().nodes()).hasSize(2);
        assertThat(report.state()).isEqualTo(new CorosyncReport.Services("started", "stopped"));
    }

    @Test
    void aStoppedClusterHasStatesOnly() throws Exception {
        host.on("crm_mon --one-shot --as-xml", failed(10, "Connection to cluster failed"));
        host.missing("service").on("systemctl is-active corosync", failed(3, "inactive"));
        host.on("systemctl is-active pacemaker", failed(3, "inactive"));
        CorosyncReport report = scan(new CorosyncPlugin(host), CorosyncReport.class);
        assertThat(report).isEqualTo(new CorosyncReport(null, new CorosyncReport.Services("stopped", "stopped")));
    }

    @Test
    void theNewestClusterSoftwareIsAskedInItsOwnWay() throws Exception {
        host.on("crm_mon --one-shot --as-xml", failed(64, "crm_mon: unknown option"));
        host.on("crm_mon --one-shot --output-as=xml", Fixtures.lustre217("33-cluster/crm_mon-xml.out"));
        assertThat(scan(new CorosyncPlugin(host), CorosyncReport.class)
                        .crmInfo()
                        .nodes())
                .containsOnlyKeys("rig1");
    }
}
