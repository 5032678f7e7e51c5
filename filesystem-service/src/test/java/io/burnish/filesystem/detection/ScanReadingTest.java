package io.burnish.filesystem.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.burnish.contracts.agent.report.DetectScanResult;
import io.burnish.contracts.agent.report.DetectScanResult.LocalTarget;
import io.burnish.contracts.call.Detection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What scans of two servers say together. */
class ScanReadingTest {

    private static final Map<Long, List<String>> NIDS =
            Map.of(1L, List.of("10.0.0.1@tcp0"), 2L, List.of("10.0.0.2@tcp0"));
    private static final Map<String, List<String>> MEMBER = Map.of("mgsnode", List.of("10.0.0.1@tcp,10.1.0.1@o2ib"));

    static LocalTarget target(String name, Map<String, List<String>> params, boolean mounted) {
        return new LocalTarget(name, "uuid-of-" + name, params, List.of("/dev/" + name), mounted, "linux");
    }

    private static Detection.ServerScan scan(long host, LocalTarget... targets) {
        return new Detection.ServerScan(host, new DetectScanResult(List.of(targets), Map.of()));
    }

    private static LocalTarget mgs(boolean mounted) {
        return target("MGS", Map.of("failover.node", List.of("10.0.0.2@tcp")), mounted);
    }

    private static LocalTarget member(String name, boolean mounted) {
        return target(name, MEMBER, mounted);
    }

    @Test
    void aRunningFileSystemIsFoundWithItsServers() {
        ScanReading reading = ScanReading.of(
                List.of(
                        scan(1, mgs(true), member("fs1-MDT0000", true), member("fs1-OST000a", false)),
                        scan(2, mgs(false), member("fs1-MDT0000", false), member("fs1-OST000a", true))),
                NIDS);

        assertThat(reading.lines()).isEmpty();
        FoundFilesystem found = reading.filesystems().getFirst();
        assertThat(found.name()).isEqualTo("fs1");
        assertThat(found.state()).isEqualTo("available");
        assertThat(found.mgt().primaryHostId()).isEqualTo(1);
        assertThat(found.members())
                .extracting(
                        Detection.FoundTarget::name, Detection.FoundTarget::index, Detection.FoundTarget::activeHostId)
                .containsExactly(tuple("fs1-MDT0000", 0, 1L), tuple("fs1-OST000a", 10, 2L));
        assertThat(found.members().getLast().primaryHostId()).isEqualTo(2);
        assertThat(found.members().getLast().devices())
                .containsExactly(
                        new Detection.Device(1, "/dev/fs1-OST000a"), new Detection.Device(2, "/dev/fs1-OST000a"));
    }

    @Test
    void theServerThatIsNoFailoverServerIsThePrimaryOne() {
        ScanReading reading = ScanReading.of(List.of(scan(1, mgs(false)), scan(2, mgs(true))), NIDS);
        assertThat(reading.mgts().getFirst().primaryHostId()).isEqualTo(1);
        assertThat(reading.mgts().getFirst().activeHostId()).isEqualTo(2);
    }

    @Test
    void whatIsIncompleteIsLeftOutWithTheReason() {
        assertThat(ScanReading.of(List.of(scan(1, mgs(true), member("fs1-MDT0000", true))), NIDS)
                        .lines())
                .containsExactly("Found no OSTs for filesystem fs1");
        assertThat(ScanReading.of(List.of(scan(2, member("fs1-MDT0000", true), member("fs1-OST0000", true))), NIDS)
                        .lines())
                .containsExactly("Found no MGT for filesystem fs1");
        assertThat(ScanReading.of(
                                List.of(scan(1, member("fs1-OST0000", false)), scan(2, member("fs1-OST0000", false))),
                                NIDS)
                        .lines())
                .containsExactly("Found no primary mount point for target fs1-OST0000 uuid-of-fs1-OST0000");
    }

    @Test
    void anMgtThatKnowsTheFileSystemIsItsMgt() {
        DetectScanResult knowing = new DetectScanResult(
                List.of(mgs(true)),
                Map.of("fs1", List.of(new DetectScanResult.MgsTarget("u", "fs1-MDT0000", "10.0.0.2@tcp"))));
        ScanReading reading = ScanReading.of(
                List.of(
                        new Detection.ServerScan(1, knowing),
                        scan(2, target("fs1-MDT0000", Map.of(), true), target("fs1-OST0000", Map.of(), true))),
                NIDS);
        assertThat(reading.filesystems()).extracting(FoundFilesystem::name).containsExactly("fs1");
    }

    @Test
    void theStateFollowsFromTheMounts() {
        Detection.ServerScan servers = scan(1, mgs(true), member("fs1-MDT0000", true), member("fs1-OST0000", false));
        assertThat(ScanReading.of(List.of(servers), NIDS)
                        .filesystems()
                        .getFirst()
                        .state())
                .isEqualTo("unavailable");
        Detection.ServerScan stopped = scan(1, mgs(false), member("fs1-MDT0000", false), member("fs1-OST0000", false));
        assertThat(ScanReading.of(List.of(stopped), NIDS)
                        .filesystems()
                        .getFirst()
                        .state())
                .isEqualTo("stopped");
    }
}
