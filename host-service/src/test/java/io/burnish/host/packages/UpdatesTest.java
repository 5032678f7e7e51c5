package io.burnish.host.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.agent.report.PackageReport.Version;
import io.burnish.contracts.agent.report.PackageReport.Versions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpdatesTest {

    private static final Version OLD = new Version("0", "2.9.9", "1.el8", "x86_64");
    private static final Version NEW = new Version("0", "2.10.0", "1.el8", "x86_64");
    private static final Version OTHER_ARCH = new Version("0", "2.10.0", "1.el8", "i686");
    private static final Version ANY_ARCH = new Version("0", "2.10.0", "1.el8", "noarch");

    private final Updates updates = new Updates(Set.of("lustre", "iml-agent"), Set.of("lustre"));

    private boolean wait(String repository, String name, List<Version> available, List<Version> installed) {
        return updates.waitIn(Map.of(repository, Map.of(name, new Versions(available, installed))));
    }

    @Test
    void aNewerVersionOfSomethingInstalledWaits() {
        assertThat(wait("lustre", "e2fsprogs", List.of(OLD, NEW), List.of(OLD))).isTrue();
        assertThat(wait("lustre", "e2fsprogs", List.of(OLD, NEW), List.of(NEW))).isFalse();
        assertThat(wait("lustre", "e2fsprogs", List.of(OLD), List.of(NEW))).isFalse();
        assertThat(wait("lustre", "e2fsprogs", List.of(ANY_ARCH), List.of(OLD))).isTrue();
        assertThat(wait("lustre", "e2fsprogs", List.of(OTHER_ARCH), List.of(OLD)))
                .isFalse();
    }

    @Test
    void whatIsInstalledInSeveralVersionsIsAsNewAsTheNewest() {
        assertThat(wait("lustre", "kernel", List.of(NEW), List.of(NEW, OLD))).isFalse();
        assertThat(wait("lustre", "kernel", List.of(NEW), List.of(OLD, OLD))).isTrue();
    }

    @Test
    void aMissingPackageWaitsIfTheProfileWantsItAndSomebodyOffersIt() {
        assertThat(wait("lustre", "lustre", List.of(OLD), List.of())).isTrue();
        assertThat(wait("lustre", "e2fsprogs", List.of(OLD), List.of())).isFalse();
        assertThat(wait("lustre", "lustre", List.of(), List.of())).isFalse();
        assertThat(updates.waitIn(Map.of())).isFalse();
    }

    @Test
    void bundlesOfOtherProfilesDoNotCount() {
        assertThat(wait("robinhood", "lustre", List.of(NEW), List.of(OLD))).isFalse();
    }
}
