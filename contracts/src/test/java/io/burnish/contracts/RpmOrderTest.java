package io.burnish.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.agent.report.PackageReport.Version;
import io.burnish.contracts.agent.report.RpmOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions are ordered as RPM's documentation says. */
class RpmOrderTest {

    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0, 0",
        "1.0, 2.0, -1",
        "2.0.1, 2.0, 1",
        "2.10.0, 2.9.9, 1",
        "5.5p1, 5.5p10, -1",
        "10xyz, 10.1xyz, -1",
        "xyz.4, 8, -1",
        "5.6p1, 6.5p1, -1",
        "1.0a, 1.0, 1",
        "1.0~rc1, 1.0, -1",
        "1.0~rc1, 1.0~rc2, -1",
        "1.0^git1, 1.0, 1",
        "1.0^git1, 1.0.1, -1",
        "1.0~rc1^git1, 1.0~rc1, 1",
        "2_0, 2.0, 0",
        "007, 7, 0",
        "553.el8_lustre, 553.el8_10, -1"
    })
    void twoTextsAreCompared(String one, String other, int expected) {
        assertThat(Integer.signum(RpmOrder.compare(one, other))).isEqualTo(expected);
        assertThat(Integer.signum(RpmOrder.compare(other, one))).isEqualTo(-expected);
    }

    @Test
    void theEpochCountsMoreThanTheVersionAndTheVersionMoreThanTheRelease() {
        Version old = new Version("(none)", "9", "1.el8", "noarch");
        Version rebuilt = new Version("0", "9", "2.el8", "noarch");
        Version newer = new Version("0", "9.1", "1.el8", "noarch");
        Version renumbered = new Version("1", "1", "1.el8", "noarch");
        List<Version> versions = new ArrayList<>(List.of(renumbered, newer, rebuilt, old));
        versions.sort(RpmOrder.OLDEST_FIRST);
        assertThat(versions).containsExactly(old, rebuilt, newer, renumbered);
    }
}
