package io.burnish.lifecycle.offer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.contracts.model.TargetKind;
import io.burnish.lifecycle.Cluster;
import io.burnish.lifecycle.lock.Lock;
import io.burnish.lifecycle.lock.LockTable;
import io.burnish.lifecycle.lock.Locks;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is offered besides what type and state say ({@link OfferTableTest}): what it depends on, in which order, with which words. */
class OffersTest {

    private static final ObjectRef HOST = ObjectRef.host(1);

    private static List<String> verbs(Cluster cluster, ObjectRef object) {
        return Offers.of(cluster.world(), Locks.NONE, object).stream()
                .map(offer -> offer.verb() + " " + (offer.state() == null ? offer.className() : offer.state()))
                .toList();
    }

    private static Cluster host(String state, ServerProfile profile) {
        return new Cluster().host(1, state, profile, "id_password_root", true, false, List.of());
    }

    @Test
    void aServerAddedByHandIsNotDeployed() {
        Cluster cluster = new Cluster().host(1, "undeployed", Cluster.MANAGED);
        assertThat(verbs(cluster, HOST)).containsExactly("Force Remove ForceRemoveHostJob");
    }

    @Test
    void aServerOutOfContactOrOfflineIsNotRebooted() {
        Cluster silent = new Cluster().host(1, "managed", Cluster.MANAGED, "manual", false, false, List.of());
        Cluster offline = new Cluster().host(1, "managed", Cluster.MANAGED, "manual", true, true, List.of());
        for (Cluster cluster : List.of(silent, offline)) {
            assertThat(verbs(cluster, HOST)).containsExactly("Remove removed", "Force Remove ForceRemoveHostJob");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "on | Power Off, Power cycle",
                "off | Power On, Power cycle",
                "unknown | Power cycle",
                "on off | Power Off, Power cycle",
                "on unknown | Power cycle",
                "off unknown | Power On, Power cycle"
            })
    void powerIsOfferedByWhatIsKnownOfTheOutlets(String outlets, String offers) {
        List<Boolean> power = Arrays.stream(outlets.split(" "))
                .map(state -> state.equals("unknown") ? null : (Boolean) state.equals("on"))
                .toList();
        Cluster cluster = new Cluster().host(1, "managed", Cluster.MANAGED, "manual", true, false, power);
        assertThat(Offers.jobs(cluster.world(), Locks.NONE, HOST))
                .extracting(Offer::verb)
                .filteredOn(verb -> verb.startsWith("Power"))
                .containsExactly(offers.split(", "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lnet_up | Stop LNet, Unload LNet",
                "lnet_down | Start LNet, Unload LNet",
                "lnet_unloaded | Load LNet, Start LNet",
                "unconfigured | Load LNet, Start LNet"
            })
    void lnetIsOfferedInOrder(String state, String offers) {
        ObjectRef lnet = new ObjectRef(ObjectType.LNET_CONFIGURATION, 1);
        Cluster cluster = host("managed", Cluster.MANAGED).state(lnet, state);
        assertThat(Offers.of(cluster.world(), Locks.NONE, lnet))
                .extracting(Offer::verb)
                .containsExactly(offers.split(", "));
    }

    @Test
    void failoverAndFailbackFollowWhereTheTargetRuns() {
        Cluster cluster = Cluster.ofFour().testfs("available", "mounted", "mounted");
        ObjectRef ost = ObjectRef.target(3);
        assertThat(Offers.jobs(cluster.world(), Locks.NONE, ost))
                .singleElement()
                .satisfies(offer -> {
                    assertThat(offer.className()).isEqualTo("FailoverTargetJob");
                    assertThat(offer.args())
                            .isEqualTo(JsonNodeFactory.instance.objectNode().put("target_id", 3L));
                    assertThat(offer.confirmation()).isNotBlank();
                });
        TargetFact fact = cluster.world().target(3).orElseThrow();
        cluster.world()
                .apply(new TargetFact(
                        3,
                        2,
                        "mounted",
                        false,
                        fact.label(),
                        TargetKind.OST,
                        0,
                        1L,
                        3,
                        fact.haLabel(),
                        4L,
                        fact.mounts(),
                        0,
                        0));
        assertThat(Offers.jobs(cluster.world(), Locks.NONE, ost))
                .extracting(Offer::verb)
                .containsExactly("Failback");
    }

    @Test
    void nothingIsOfferedWhileAJobWillChangeTheObject() {
        Cluster cluster = Cluster.ofFour().testfs("available", "mounted", "mounted");
        LockTable locks = new LockTable();
        locks.add(new Lock(9, ObjectRef.target(3), true, "mounted", "unmounted"));
        locks.add(new Lock(9, ObjectRef.filesystem(1), false, null, null));
        assertThat(Offers.of(cluster.world(), locks, ObjectRef.target(3))).isEmpty();
        assertThat(Offers.of(cluster.world(), locks, ObjectRef.filesystem(1))).isNotEmpty();
    }

    @Test
    void workersOfferToMountWhatIsUnmounted() {
        Cluster cluster =
                Cluster.ofFour().testfs("available", "mounted", "mounted").worker("unmounted", "stopped");
        assertThat(verbs(cluster, ObjectRef.host(5))).contains("Mount Filesystem(s) MountLustreFilesystemsJob");
        assertThat(verbs(cluster, new ObjectRef(ObjectType.COPYTOOL, 1)))
                .containsExactlyInAnyOrder("Start started", "Remove removed", "Force Remove ForceRemoveCopytoolJob");
    }
}
