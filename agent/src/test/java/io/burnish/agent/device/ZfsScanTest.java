package io.burnish.agent.device;

import static io.burnish.agent.testing.ScriptedHost.failed;
import static io.burnish.agent.testing.ScriptedHost.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.agent.NamedLocks;
import io.burnish.agent.command.Commands;
import io.burnish.agent.testing.ScriptedHost;
import io.burnish.contracts.agent.report.BlockDeviceReport.DeviceNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pools are shown by both servers of a pair, and never taken from the one that uses them. */
class ZfsScanTest {

    private static final String LOOK = "zpool import -N -o readonly=on -o cachefile=none pool1";
    private static final String LISTED = "   pool: pool1\n     id: 42\n  state: ONLINE\n";

    private ScriptedHost host;
    private ZfsScan scan;
    private Commands commands;
    private DeviceTable devices;

    @BeforeEach
    void server(@TempDir Path state) {
        host = new ScriptedHost(state);
        scan = new ZfsScan(host, new NamedLocks());
        commands = Commands.unrecorded(host, Duration.ofSeconds(1));
        devices = DeviceTable.of(
                List.of(node("8:17", "/dev/disk/by-path/pci-0-part1", 19 << 20), node("230:0", "/dev/zd0", 104857600)),
                Map.of());
        host.on("zpool list -H -o name,size,guid pool1", "pool1\t19.9G\t42\n");
        host.on("zpool list -PHv -o name pool1", "pool1\n\t/dev/disk/by-path/pci-0-part1\t19.9G\t412K\n");
        host.on(
                "zfs list -H -o name,avail,guid",
                "pool1\t9.6G\t1\npool1/fs1-OST0003\t9.6G\t1730022184\npool1/vol0\t1G\t77\n");
    }

    @Test
    void anImportedPoolIsAskedWithoutImporting() throws Exception {
        host.on("zpool status", "  pool: pool1\n state: ONLINE\n");
        host.on("zpool import", failed(1, "no pools available to import"));
        host.directory("/dev/zvol/pool1")
                .link("/dev/zvol/pool1/vol0", "/dev/zd0")
                .file("/dev/zd0", "");
        ZfsPoolContent pool = scan.run(commands, devices).getFirst();
        assertThat(pool.datasets().get("1730022184").name()).isEqualTo("pool1/fs1-OST0003");
        assertThat(pool.datasets().get("1730022184").blockDevice()).isEqualTo("zfsset:1730022184");
        assertThat(pool.datasets().get("1730022184").drives()).containsExactly("8:17");
        assertThat(pool.datasets()).doesNotContainKey("77");
        assertThat(pool.volumes().get("/dev/zvol/pool1/vol0").blockDevice()).isEqualTo("230:0");
        assertThat(pool.volumes().get("/dev/zvol/pool1/vol0").size()).isEqualTo(104857600);
        assertThat(pool.usablePool()).isEmpty();
        assertThat(host.commands()).doesNotContain(LOOK, "zpool export pool1");
    }

    @Test
    void anEmptyPoolIsUsableItself() throws Exception {
        host.on("zpool status", "  pool: pool2\n state: DEGRADED\n");
        host.on("zpool list -H -o name,size,guid pool2", "pool2\t960M\t43\n");
        ZfsPoolContent pool = scan.run(commands, devices).getFirst();
        assertThat(pool.usablePool().orElseThrow().size()).isEqualTo(960L << 20);
        assertThat(pool.usablePool().orElseThrow().blockDevice()).isEqualTo("zfspool:pool2");
    }

    @Test
    void aFreePoolIsImportedReadOnlyForALookAndGivenBack() throws Exception {
        host.on("zpool status", "no pools available\n");
        host.on("zpool import", LISTED);
        host.on("zpool get -Hp all pool1", "pool1\treadonly\ton\t-\n");
        assertThat(scan.run(commands, devices)).hasSize(1);
        assertThat(host.commands())
                .containsExactly(
                        "zpool status",
                        "zpool import",
                        LOOK,
                        "zpool list -H -o name,size,guid pool1",
                        "zpool list -PHv -o name pool1",
                        "zfs list -H -o name,avail,guid",
                        "zpool get -Hp all pool1",
                        "zpool export pool1");
    }

    @Test
    void aPoolThatTheClusterTookOverDuringTheLookIsNotExported() throws Exception {
        host.on("zpool status", "no pools available\n");
        host.on("zpool import", LISTED);
        host.on("zpool get -Hp all pool1", "pool1\treadonly\toff\t-\n");
        scan.run(commands, devices);
        assertThat(host.commands()).doesNotContain("zpool export pool1");
    }

    @Test
    void aPoolThatThePartnerUsesIsReportedFromMemory() throws Exception {
        host.on("zpool status", ok("  pool: pool1\n state: ONLINE\n"), ok("no pools available\n"));
        host.on("zpool import", ok("no pools available to import\n"), ok(LISTED));
        host.on(LOOK, failed(1, "cannot import 'pool1': pool was last accessed by oss2, use '-f' to import anyway"));
        List<ZfsPoolContent> here = scan.run(commands, devices);
        List<ZfsPoolContent> there = new ZfsScan(host, new NamedLocks()).run(commands, devices);
        assertThat(there).isEqualTo(here).hasSize(1);
        assertThat(host.commands()).doesNotContain("zpool import -f pool1");
    }

    @Test
    void aMemoryThatCannotBeReadIsForgotten() throws Exception {
        host.file("/var/lib/iml/zfs_store.json", "{torn");
        host.on("zpool status", "no pools available\n");
        host.on("zpool import", failed(1, "no pools available to import"));
        assertThat(scan.run(commands, devices)).isEmpty();
    }

    private static DeviceNode node(String number, String path, long size) {
        return new DeviceNode(number, path, List.of(path), null, null, size, null, "disk", null, null, false, null);
    }
}
