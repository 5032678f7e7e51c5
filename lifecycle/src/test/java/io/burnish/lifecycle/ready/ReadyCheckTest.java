package io.burnish.lifecycle.ready;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.job.Reason;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.lifecycle.Cluster;
import io.burnish.lifecycle.job.JobCatalogue;
import org.junit.jupiter.api.Test;

/** Every job that does not start says which condition failed, on which object. */
class ReadyCheckTest {

    private static Verdict check(Cluster cluster, String job, ObjectRef subject, String from, String to) {
        return ReadyCheck.check(
                cluster.world(),
                JobCatalogue.of(job),
                subject,
                from,
                to,
                JsonNodeFactory.instance.objectNode(),
                "the job");
    }

    private static Reason reason(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Blocked.class);
        return ((Verdict.Blocked) verdict).reason();
    }

    private static Cluster stopped() {
        return Cluster.ofFour().testfs("stopped", "mounted", "unmounted");
    }

    @Test
    void aJobWhoseConditionsHoldIsReady() {
        assertThat(check(stopped(), "StartTargetJob", ObjectRef.target(3), "unmounted", "mounted"))
                .isEqualTo(new Verdict.Ready());
    }

    @Test
    void aJobWhoseObjectIsThereAlreadyIsDone() {
        Cluster cluster = stopped().state(ObjectRef.target(3), "mounted");
        assertThat(check(cluster, "StartTargetJob", ObjectRef.target(3), "unmounted", "mounted"))
                .isEqualTo(new Verdict.AlreadyDone());
    }

    @Test
    void anotherStateThanExpectedIsNamed() {
        Cluster cluster = stopped().state(ObjectRef.target(3), "unformatted");
        Reason reason = reason(check(cluster, "StartTargetJob", ObjectRef.target(3), "unmounted", "mounted"));
        assertThat(reason.code()).isEqualTo(Reason.Code.WRONG_STATE);
        assertThat(reason.sentence())
                .isEqualTo(
                        "'the job' cannot start: it needs target testfs-OST0000 in state unmounted, but it is unformatted. Ask for the wanted state again.");
    }

    @Test
    void anUnmetNeedIsNamed() {
        Cluster cluster = Cluster.ofFour()
                .testfs("unavailable", "unmounted", "unmounted")
                .state(ObjectRef.target(3), "formatted");
        Reason reason = reason(check(cluster, "RegisterTargetJob", ObjectRef.target(3), "formatted", "registered"));
        assertThat(reason.code()).isEqualTo(Reason.Code.DEPENDENCY_UNMET);
        assertThat(reason.object()).isEqualTo(ObjectRef.target(1));
        assertThat(reason.sentence())
                .isEqualTo("'the job' cannot start: it needs target MGS in state mounted, but it is unmounted.");
    }

    @Test
    void oneOfSeveralServersIsEnoughToStartATarget() {
        Cluster cluster = stopped().state(new ObjectRef(ObjectType.LNET_CONFIGURATION, 3), "lnet_down");
        assertThat(check(cluster, "StartTargetJob", ObjectRef.target(3), "unmounted", "mounted"))
                .isEqualTo(new Verdict.Ready());
        cluster.state(new ObjectRef(ObjectType.LNET_CONFIGURATION, 4), "lnet_down");
        assertThat(reason(check(cluster, "StartTargetJob", ObjectRef.target(3), "unmounted", "mounted"))
                        .object())
                .isEqualTo(new ObjectRef(ObjectType.LNET_CONFIGURATION, 3));
    }

    @Test
    void whoStillDependsOnTheOldStateIsNamed() {
        Cluster cluster = Cluster.ofFour().testfs("available", "mounted", "mounted");
        Reason reason = reason(
                check(cluster, "StopLNetJob", new ObjectRef(ObjectType.LNET_CONFIGURATION, 4), "lnet_up", "lnet_down"));
        assertThat(reason.code()).isEqualTo(Reason.Code.DEPENDENT_REMAINS);
        assertThat(reason.object()).isEqualTo(ObjectRef.target(4));
        assertThat(reason.sentence())
                .isEqualTo(
                        "'the job' cannot start: target testfs-OST0001 is still mounted and needs LNet of h4 in state lnet_up.");
    }

    @Test
    void aFileSystemIsNotRemovedWhileOneOfItsTargetsIsLeft() {
        Cluster cluster = stopped();
        Reason reason = reason(check(cluster, "RemoveFilesystemJob", ObjectRef.filesystem(1), "stopped", "removed"));
        assertThat(reason.code()).isEqualTo(Reason.Code.DEPENDENT_REMAINS);
        assertThat(reason.object()).isEqualTo(ObjectRef.target(2));

        for (long target : new long[] {2, 3, 4}) {
            cluster.state(ObjectRef.target(target), "removed");
        }
        assertThat(check(cluster, "RemoveFilesystemJob", ObjectRef.filesystem(1), "stopped", "removed"))
                .isEqualTo(new Verdict.Ready());
    }

    @Test
    void anObjectThatVanishedIsNamed() {
        Cluster cluster = new Cluster();
        assertThat(reason(check(cluster, "StartTargetJob", ObjectRef.target(3), "unmounted", "mounted"))
                        .sentence())
                .isEqualTo("'the job' cannot start: the target with id 3 does not exist any more.");
    }
}
