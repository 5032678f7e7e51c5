package io.burnish.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.agent.RegistrationReply;
import io.burnish.contracts.agent.report.BlockDeviceReport;
import io.burnish.contracts.agent.report.CorosyncReport;
import io.burnish.contracts.agent.report.LustreReport;
import io.burnish.contracts.agent.report.NetworkReport;
import io.burnish.contracts.agent.report.PackageReport;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports have the field names of the agent contract, so that its samples are test data for both sides. */
class AgentReportsTest {

    private static final Instant AT = Instant.parse("2026-03-02T08:20:10Z");

    static Stream<Arguments> reports() {
        return Stream.of(
                Arguments.of("report-linux", blockDevices()),
                Arguments.of(
                        "report-linux-network",
                        new NetworkReport(
                                Map.of(
                                        "eth0",
                                        new NetworkReport.Interface(
                                                "52:54:00:aa:bb:01",
                                                "192.0.2.21",
                                                24,
                                                "fe80::1",
                                                "tcp",
                                                "904417733",
                                                "77120945",
                                                true,
                                                false)),
                                new NetworkReport.Lnet(
                                        "lnet_up", Map.of("eth0", new NetworkReport.LnetNid("192.0.2.21", "tcp", 0))))),
                Arguments.of("report-lustre", lustre()),
                Arguments.of("report-packages", packages()),
                Arguments.of(
                        "report-corosync",
                        new CorosyncReport(
                                new CorosyncReport.CrmInfo(
                                        AT, Map.of("oss1", Map.of("online", "true")), new CorosyncReport.Options(true)),
                                new CorosyncReport.Services("started", "started"))),
                Arguments.of(
                        "registration-reply",
                        new RegistrationReply(3, 12L, "PEM", "wss://manager.lab.example/agent/channel")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reports")
    void writesAndReadsTheGoldenForm(String name, Object report) throws IOException {
        String golden = golden(name);
        assertThat(ContractJson.mapper().readTree(ContractJson.text(report)))
                .isEqualTo(ContractJson.mapper().readTree(golden));
        assertThat(ContractJson.read(golden, report.getClass())).isEqualTo(report);
    }

    @Test
    void anAbsentPartOfAReportIsNullAndAnEmptyOneIsEmpty() {
        LustreReport read = ContractJson.read("{\"mounts\":[]}", LustreReport.class);
        assertThat(read.mounts()).isEmpty();
        assertThat(read.clientMounts()).isNull();
    }

    private static BlockDeviceReport blockDevices() {
        BlockDeviceReport.DeviceNode sdb = new BlockDeviceReport.DeviceNode(
                "8:16",
                "/dev/disk/by-id/scsi-36001405aa11",
                List.of("/dev/disk/by-id/scsi-36001405aa11", "/dev/sdb"),
                "SLIO-ORG LUN_A aa11bb22",
                "36001405aa11",
                1073741824L,
                null,
                "disk",
                "/devices/pci0000:00/block/sdb",
                null,
                false,
                null);
        return new BlockDeviceReport(
                Map.of("vg", new BlockDeviceReport.VolumeGroup("vg", "u1", 10737418240L, List.of("8:32"))),
                Map.of("vg", Map.of("lv", new BlockDeviceReport.LogicalVolume("lv", "u2", 1073741824L, "253:0"))),
                Map.of(),
                Map.of(
                        "1730022184",
                        new BlockDeviceReport.ZfsStorage(
                                "pool1/ds",
                                "pool1/ds",
                                "zfsset:1730022184",
                                "1730022184",
                                9663676416L,
                                List.of("8:48"),
                                "zfs")),
                Map.of(),
                Map.of("mpatha", new BlockDeviceReport.Multipath("mpatha", "252:0", List.of(sdb))),
                Map.of("8:16", sdb),
                Map.of("8:2", new BlockDeviceReport.LocalFilesystem("/boot", "xfs")),
                Map.of(),
                Map.of("1f2e:3d4c", new BlockDeviceReport.Raid("/dev/md/data", "9:127", List.of("8:64", "8:80"))));
    }

    private static PackageReport packages() {
        PackageReport.Version lustre = new PackageReport.Version("0", "2.10.1", "1.el7", "x86_64");
        return new PackageReport(
                Map.of("lustre", Map.of("lustre", new PackageReport.Versions(List.of(lustre), List.of()))));
    }

    private static LustreReport lustre() {
        Map<String, String> locations = new LinkedHashMap<>();
        locations.put("fs1-OST0000_9be1f0", "oss1");
        locations.put("fs1-OST0001_77ab01", null);
        return new LustreReport(
                AT,
                "1.0.0",
                List.of("manage_lnet"),
                new LustreReport.Properties(true, "CentOS Linux", 7.4, "3.10.0-693.el7_lustre.x86_64"),
                List.of(new LustreReport.Mount(
                        "/dev/disk/by-id/scsi-36001405aa11",
                        "5b3c",
                        "/mnt/fs1-OST0000",
                        "fs1-OST0000",
                        Map.of("status", "COMPLETE"))),
                List.of(new LustreReport.ClientMount("192.0.2.11@tcp:/fs1", "/mnt/lustre_clients/fs1")),
                new LustreReport.ResourceLocations(locations, null),
                "procname_uid");
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = AgentReportsTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            assertThat(in).as("golden file of " + name).isNotNull();
            return new String(in.readAllBytes());
        }
    }
}
