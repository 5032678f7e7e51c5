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

/** What is offered, as in the tables of the API contract (core 2.15, storage 28.2 and 28.4). */
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

    private static ServerProfile profile(String name) {
        return switch (name) {
            case "managed" -> Cluster.MANAGED;
            case "monitored" -> Cluster.MONITORED;
            default -> Cluster.WORKER;
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "undeployed | managed | Setup managed server managed; Force Remove ForceRemoveHostJob",
                "unconfigured | managed | Continue Server Configuration packages_installed; Remove removed; Force Remove ForceRemoveHostJob",
                "unconfigured | monitored | Continue Server Configuration packages_installed; Remove removed; Force Remove ForceRemoveHostJob",
                "packages_installed | managed | Setup managed server managed; Reboot RebootHostJob; Shutdown ShutdownHostJob; Remove removed; Force Remove ForceRemoveHostJob",
                "packages_installed | monitored | Setup monitored server monitored; Remove removed; Force Remove ForceRemoveHostJob",
                "packages_installed | worker | Setup worker node working; Reboot RebootHostJob; Shutdown ShutdownHostJob; Remove removed; Force Remove ForceRemoveHostJob",
                "managed | managed | Reboot RebootHostJob; Shutdown ShutdownHostJob; Remove removed; Force Remove ForceRemoveHostJob",
                "working | worker | Reboot RebootHostJob; Shutdown ShutdownHostJob; Remove removed; Force Remove ForceRemoveHostJob",
                "monitored | monitored | Remove removed; Force Remove ForceRemoveHostJob"
            })
    void serversOfferWhatTheirStateAllows(String state, String profile, String offers) {
        assertThat(verbs(host(state, profile(profile)), HOST)).containsExactly(offers.split("; "));
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
    void nothingIsOfferedForLnetOfAWatchedServer() {
        assertThat(verbs(host("monitored", Cluster.MONITORED), new ObjectRef(ObjectType.LNET_CONFIGURATION, 1)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unformatted | Format, Register, Configure mount points, Start, Remove",
                "formatted | Register, Configure mount points, Start, Remove",
                "registered | Configure mount points, Start, Remove",
                "unmounted | Start, Remove",
                "mounted | Stop, Remove"
            })
    void ostsOfferEveryStateOnTheirWay(String state, String offers) {
        Cluster cluster =
                Cluster.ofFour().testfs("available", "mounted", "mounted").state(ObjectRef.target(3), state);
        assertThat(Offers.transitions(cluster.world(), Locks.NONE, ObjectRef.target(3)))
                .extracting(Offer::verb)
                .containsExactlyInAnyOrder(offers.split(", "));
    }

    @Test
    void mdtsAndMgtsInUseAreNotRemovedAlone() {
        Cluster cluster = Cluster.ofFour().testfs("available", "mounted", "mounted");
        assertThat(Offers.transitions(cluster.world(), Locks.NONE, ObjectRef.target(1)))
                .extracting(Offer::state)
                .containsExactly("unmounted");
        assertThat(Offers.transitions(cluster.world(), Locks.NONE, ObjectRef.target(2)))
                .extracting(Offer::state)
                .containsExactly("unmounted");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "available | mounted | Remove, Stop",
                "stopped | unmounted | Start, Remove",
                "unavailable | mounted | Start, Remove, Stop",
                "unavailable | unmounted | Start, Remove"
            })
    void fileSystemsOffer(String state, String members, String offers) {
        Cluster cluster = Cluster.ofFour().testfs(state, "mounted", members);
        assertThat(Offers.of(cluster.world(), Locks.NONE, ObjectRef.filesystem(1)))
                .extracting(Offer::verb)
                .containsExactlyInAnyOrder(offers.split(", "));
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
    void watchedObjectsOfferOnlyToBeForgotten() {
        Cluster cluster = new Cluster().host(1, "monitored", Cluster.MONITORED);
        ObjectRef mgt = cluster.target(TargetKind.MGT, "MGS", "mounted", null, true, 1);
        assertThat(verbs(cluster, mgt)).containsExactly("Forget forgotten");
        ObjectRef ost = cluster.target(TargetKind.OST, "w-OST0000", "mounted", 1L, true, 1);
        assertThat(verbs(cluster, ost)).isEmpty();
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
