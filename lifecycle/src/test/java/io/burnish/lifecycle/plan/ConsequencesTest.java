package io.burnish.lifecycle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.call.DryRun;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.lifecycle.Cluster;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dry runs (API contract, storage 28.6 and 29). */
class ConsequencesTest {

    private static final Cluster RUNNING = Cluster.ofFour().testfs("available", "mounted", "mounted");

    private static DryRun.Report report(ObjectRef object, String state) {
        return ((Consequences.Report) Consequences.of(RUNNING.world(), new DryRun(object, state))).report();
    }

    private static List<String> classes(DryRun.Report report) {
        return report.dependencyJobs().stream().map(DryRun.Job::className).toList();
    }

    @Test
    void stoppingLnetUnderAMountedTargetListsItsStop() {
        DryRun.Report report = report(new ObjectRef(ObjectType.LNET_CONFIGURATION, 4), "lnet_down");
        assertThat(report.transitionJob().className()).isEqualTo("StopLNetJob");
        assertThat(report.transitionJob().requiresConfirmation()).isFalse();
        assertThat(report.dependencyJobs()).singleElement().satisfies(job -> {
            assertThat(job.className()).isEqualTo("StopTargetJob");
            assertThat(job.description()).isEqualTo("Stop target testfs-OST0001");
            assertThat(job.requiresConfirmation()).isTrue();
            assertThat(job.confirmationPrompt()).isNull();
            assertThat(job.objectId()).isEqualTo(4);
            assertThat(job.contentTypeId()).isEqualTo(85);
        });
    }

    @Test
    void stoppingCorosyncListsPacemakerAndTheTarget() {
        assertThat(classes(report(new ObjectRef(ObjectType.COROSYNC_CONFIGURATION, 1), "stopped")))
                .containsExactlyInAnyOrder("StopTargetJob", "StopPacemakerJob");
        assertThat(classes(report(new ObjectRef(ObjectType.PACEMAKER_CONFIGURATION, 1), "stopped")))
                .containsExactly("StopTargetJob");
    }

    @Test
    void stoppingAFileSystemListsItsOwnEarlierHopToo() {
        DryRun.Report report = report(ObjectRef.filesystem(1), "stopped");
        assertThat(report.transitionJob().className()).isEqualTo("StopUnavailableFilesystemJob");
        assertThat(classes(report))
                .containsExactly(
                        "StopTargetJob", "StopTargetJob", "StopTargetJob", "MakeAvailableFilesystemUnavailable");
    }

    @Test
    void anUnknownStateIsRefused() {
        Consequences refused = Consequences.of(RUNNING.world(), new DryRun(ObjectRef.filesystem(1), "zz"));
        assertThat(refused).isInstanceOfSatisfying(Consequences.Refused.class, found -> assertThat(
                        found.refusal().reason().sentence())
                .startsWith("zz not legal state for ManagedFilesystem, legal states are ['unavailable', 'stopped'"));
    }

    @Test
    void theStateThatItHasNeedsNothing() {
        assertThat(report(ObjectRef.filesystem(1), "available").transitionJob()).isNull();
    }
}
