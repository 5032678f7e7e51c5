package io.burnish.lifecycle.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.lifecycle.Cluster;
import io.burnish.lifecycle.explain.Explanation.Finding;
import io.burnish.lifecycle.lock.Lock;
import io.burnish.lifecycle.lock.LockTable;
import io.burnish.lifecycle.lock.Locks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The chain from "it is not" to the first thing that somebody can do about it. */
class ExplainerTest {

    private static final ObjectRef MGT = ObjectRef.target(1);
    private static final ObjectRef OST = ObjectRef.target(3);

    private static Explanation explain(Cluster cluster, ObjectRef object, String wanted) {
        return Explainer.explain(cluster.world(), Locks.NONE, object, wanted);
    }

    private static List<Explanation> leaves(Explanation explanation) {
        List<Explanation> found = new ArrayList<>();
        if (explanation.because().isEmpty()) {
            found.add(explanation);
        }
        explanation.because().forEach(one -> found.addAll(leaves(one)));
        return found;
    }

    @Test
    void whatHoldsIsSaid() {
        Explanation answer = explain(Cluster.ofFour().testfs("available", "mounted", "mounted"), OST, "mounted");
        assertThat(answer.finding()).isEqualTo(Finding.HOLDS);
        assertThat(answer.sentence()).isEqualTo("Target testfs-OST0000 is mounted.");
    }

    @Test
    void aStoppedFilesystemLeadsToItsTargets() {
        Explanation answer = explain(
                Cluster.ofFour().testfs("stopped", "unmounted", "unmounted"), ObjectRef.filesystem(1), "available");
        assertThat(answer.finding()).isEqualTo(Finding.CONDITIONS_UNMET);
        assertThat(answer.because())
                .extracting(Explanation::object)
                .containsExactlyInAnyOrder(MGT, ObjectRef.target(2), OST, ObjectRef.target(4));
        assertThat(leaves(answer)).isNotEmpty().allMatch(leaf -> leaf.finding() == Finding.NOT_ASKED_FOR);
    }

    @Test
    void aTargetWhoseServersHaveNoNetworkLeadsToTheNetwork() {
        Cluster cluster = Cluster.ofFour().testfs("stopped", "mounted", "unmounted");
        cluster.state(new ObjectRef(ObjectType.LNET_CONFIGURATION, 3), "lnet_down")
                .state(new ObjectRef(ObjectType.LNET_CONFIGURATION, 4), "lnet_down");
        Explanation answer = explain(cluster, OST, "mounted");
        assertThat(answer.sentence())
                .isEqualTo("Target testfs-OST0000 is unmounted: to be mounted it needs LNet of h3 in state lnet_up.");
        assertThat(leaves(answer)).singleElement().satisfies(leaf -> {
            assertThat(leaf.object()).isEqualTo(new ObjectRef(ObjectType.LNET_CONFIGURATION, 3));
            assertThat(leaf.sentence())
                    .isEqualTo(
                            "LNet of h3 is lnet_down, and nothing stands in the way of lnet_up: ask for it with PUT {\"state\": \"lnet_up\"}.");
        });
    }

    @Test
    void aSilentServerIsTheReasonWhenNothingElseIs() {
        Cluster cluster = new Cluster();
        cluster.host(1, "managed", Cluster.MANAGED, "manual", false, false, List.of());
        cluster.state(new ObjectRef(ObjectType.LNET_CONFIGURATION, 1), "lnet_down");
        Explanation answer = explain(cluster, new ObjectRef(ObjectType.LNET_CONFIGURATION, 1), "lnet_up");
        assertThat(answer.finding()).isEqualTo(Finding.NO_CONTACT);
        assertThat(answer.sentence())
                .isEqualTo(
                        "LNet of h1 was lnet_down when it was last seen; server h1, where it could become lnet_up, is not in contact. Check the server's power, its network and its agent.");
    }

    @Test
    void aQueuedJobIsNamedWhereverItLeads() {
        Cluster cluster = Cluster.ofFour().testfs("stopped", "mounted", "unmounted");
        LockTable locks = new LockTable();
        locks.add(new Lock(12, OST, true, "unmounted", "mounted"));
        Explanation under = Explainer.explain(cluster.world(), locks, OST, "mounted");
        assertThat(under.finding()).isEqualTo(Finding.UNDER_WAY);
        assertThat(under.jobId()).isEqualTo(12);
        Explanation elsewhere = Explainer.explain(cluster.world(), locks, OST, "removed");
        assertThat(elsewhere.finding()).isEqualTo(Finding.GOES_ELSEWHERE);
        assertThat(elsewhere.sentence())
                .isEqualTo("Target testfs-OST0000 is unmounted; job 12, which has not ended, brings it to mounted.");
    }

    @Test
    void whatDoesNotExistAndWhatCannotBeAreSaid() {
        Cluster cluster = Cluster.ofFour().testfs("available", "mounted", "mounted");
        assertThat(explain(cluster, ObjectRef.target(99), "mounted").finding()).isEqualTo(Finding.GONE);
        assertThat(explain(cluster, OST, "unformatted").sentence())
                .isEqualTo("Target testfs-OST0000 is mounted, and no job leads from there to unformatted.");
    }

    @Test
    void aWatchedObjectIsNobodysToChange() {
        Cluster cluster = new Cluster().host(1, "monitored", Cluster.MONITORED);
        cluster.state(new ObjectRef(ObjectType.LNET_CONFIGURATION, 1), "lnet_down");
        assertThat(explain(cluster, new ObjectRef(ObjectType.LNET_CONFIGURATION, 1), "lnet_up")
                        .finding())
                .isEqualTo(Finding.WATCHED_ONLY);
    }

    @Test
    void aConditionOfManyIsExplainedOnce() {
        Cluster cluster = Cluster.ofFour().testfs("stopped", "unmounted", "unmounted");
        for (long id = 1; id <= 4; id++) {
            cluster.state(new ObjectRef(ObjectType.LNET_CONFIGURATION, id), "lnet_down");
        }
        Explanation answer = explain(cluster, ObjectRef.filesystem(1), "available");
        assertThat(leaves(answer))
                .filteredOn(leaf -> leaf.object().type() == ObjectType.LNET_CONFIGURATION)
                .doesNotHaveDuplicates()
                .hasSize(4);
        assertThat(leaves(answer)).noneMatch(leaf -> leaf.finding() == Finding.HOLDS);
    }
}
