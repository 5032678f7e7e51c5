package io.burnish.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.burnish.alert.type.AlertType;
import io.burnish.alert.type.Severity;
import io.burnish.contracts.fact.CorosyncFact;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.OutletFact;
import io.burnish.contracts.fact.PacemakerFact;
import io.burnish.contracts.fact.PowerDeviceFact;
import io.burnish.contracts.fact.StorageResourceFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.Nid;
import io.burnish.contracts.model.ServerProfile;
import io.burnish.contracts.model.TargetKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which facts raise, lower and withdraw which alerts, in the words of the API contract (core 2.4). */
class AlertRulesTest {

    private static final Nid NID = new Nid("10.0.0.1", "tcp", 0);
    private static final Nid OTHER = new Nid("10.0.0.9", "tcp", 0);
    private static final boolean SEEN = true;
    private static final boolean ASKED = false;

    private static final Surroundings SURROUNDINGS = new Surroundings() {
        @Override
        public String hostLabel(long hostId) {
            return "oss" + hostId;
        }

        @Override
        public Set<Nid> acceptedNids(long hostId) {
            return hostId == 1 ? Set.of(NID) : Set.of();
        }

        @Override
        public Map<String, String> activeConditions(long resourceId) {
            return Map.of("StorageResourceAlert__1_status_40", "Controller failed");
        }
    };

    static Stream<Arguments> raised() {
        return Stream.of(
                raises(
                        host("managed", false, false),
                        SEEN,
                        "HostContactAlert",
                        "WARNING",
                        "Lost contact with host oss1"),
                raises(host("managed", true, true), SEEN, "HostOfflineAlert", "WARNING", "Host is offline oss1"),
                raises(lnet(1, "lnet_down", NID), SEEN, "LNetOfflineAlert", "INFO", "LNet offline on server oss1"),
                raises(lnet(1, "lnet_unloaded", NID), ASKED, "LNetOfflineAlert", "INFO", "LNet offline on server oss1"),
                raises(
                        lnet(1, "lnet_up", OTHER),
                        SEEN,
                        "LNetNidsChangedAlert",
                        "WARNING",
                        "NIDs changed on server oss1 - see manual for details."),
                raises(
                        lnet(1, "lnet_up", NID, OTHER),
                        SEEN,
                        "LNetNidsChangedAlert",
                        "WARNING",
                        "NIDs changed on server oss1 - see manual for details."),
                raises(
                        corosync("stopped", false, false),
                        SEEN,
                        "CorosyncStoppedAlert",
                        "INFO",
                        "Corosync stopped on server oss1"),
                raises(
                        corosync("started", false, true),
                        SEEN,
                        "CorosyncNoPeersAlert",
                        "WARNING",
                        "Host oss1 no failover peers"),
                raises(
                        corosync("started", true, false),
                        SEEN,
                        "StonithNotEnabledAlert",
                        "ERROR",
                        "stonith-enabled is set to false on oss1: a failed server is not fenced and data can be corrupted. No target can be created on it until fencing is enabled."),
                raises(
                        new PacemakerFact(1, 1, "stopped", false, "pacemaker configuration", 1),
                        SEEN,
                        "PacemakerStoppedAlert",
                        "INFO",
                        "Pacemaker stopped on server oss1"),
                raises(target("unmounted", null), SEEN, "TargetOfflineAlert", "ERROR", "Target fs-OST0000 offline"),
                raises(target("unmounted", null), ASKED, "TargetOfflineAlert", "WARNING", "Target fs-OST0000 offline"),
                raises(
                        target("mounted", 2L),
                        SEEN,
                        "TargetFailoverAlert",
                        "WARNING",
                        "Target fs-OST0000 running on secondary server"),
                raises(
                        new PowerDeviceFact(1, 1, "pdu1", false),
                        SEEN,
                        "PowerControlDeviceUnavailableAlert",
                        "WARNING",
                        "Unable to monitor power control device pdu1"),
                raises(
                        new OutletFact(1, 1, "10.0.3.1", 1L, false),
                        SEEN,
                        "IpmiBmcUnavailableAlert",
                        "WARNING",
                        "Unable to monitor BMC 10.0.3.1 on server oss1"),
                raises(storage(false), SEEN, "StorageResourceOffline", "WARNING", "ctl0 not contactable"),
                raises(
                        storage(true, new StorageResourceFact.Condition("_2_fan_30", "fan", 30, "Fan slow")),
                        SEEN,
                        "StorageResourceAlert",
                        "WARNING",
                        "Fan slow"));
    }

    static Stream<Arguments> lowered() {
        return Stream.of(
                lowers(
                        host("managed", true, false),
                        "HostContactAlert",
                        "INFO",
                        "Re-established contact with host oss1",
                        "host"),
                lowers(host("managed", true, false), "HostOfflineAlert", "INFO", "Host is back online oss1", "host"),
                lowers(lnet(1, "lnet_up", NID), "LNetOfflineAlert", "WARNING", "LNet started on server 'oss1'", "host"),
                lowers(
                        lnet(1, "lnet_up", NID),
                        "LNetNidsChangedAlert",
                        "INFO",
                        "LNet NIDs updated for server oss1",
                        "host"),
                lowers(
                        corosync("started", false, false),
                        "CorosyncStoppedAlert",
                        "WARNING",
                        "Corosync started on server 'oss1'",
                        "host"),
                lowers(
                        corosync("started", false, false),
                        "StonithNotEnabledAlert",
                        "INFO",
                        "stonith-enabled set to true on oss1",
                        "corosync_configuration"),
                lowers(corosync("started", false, false), "CorosyncNoPeersAlert", null, null, null),
                lowers(
                        new PacemakerFact(1, 1, "started", false, "pacemaker configuration", 1),
                        "PacemakerStoppedAlert",
                        "WARNING",
                        "Pacemaker started on server 'oss1'",
                        "host"),
                lowers(target("mounted", 1L), "TargetOfflineAlert", "INFO", "fs-OST0000 started", "host"),
                lowers(target("mounted", 1L), "TargetFailoverAlert", "INFO", "fs-OST0000 failover unmounted", "host"),
                lowers(
                        target("unmounted", null),
                        "TargetFailoverAlert",
                        "INFO",
                        "fs-OST0000 failover unmounted",
                        "host"),
                lowers(
                        target("unmounted", null),
                        "TargetRecoveryAlert",
                        "INFO",
                        "Target 'fs-OST0000' completed recovery",
                        "host"),
                lowers(
                        new PowerDeviceFact(1, 1, "pdu1", true),
                        "PowerControlDeviceUnavailableAlert",
                        "INFO",
                        "Monitoring resumed for power control device pdu1",
                        "power_control_device"),
                lowers(
                        new OutletFact(1, 1, "10.0.3.1", 1L, true),
                        "IpmiBmcUnavailableAlert",
                        "INFO",
                        "Monitoring resumed for BMC 10.0.3.1 on server oss1",
                        "host"),
                lowers(
                        storage(true),
                        "StorageResourceOffline",
                        "INFO",
                        "Re-established contact with ctl0",
                        "storage_resource"),
                lowers(
                        storage(true),
                        "StorageResourceAlert",
                        "INFO",
                        "Cleared storage alert: Controller failed",
                        "storage_resource"));
    }

    @ParameterizedTest(name = "{2} {1}")
    @MethodSource
    void raised(Fact fact, boolean observed, String type, String severity, String message) {
        Verdict.Raise raise = only(fact, observed, type, Verdict.Raise.class);
        assertThat(raise.message()).isEqualTo(message);
        assertThat(raise.severity()).isEqualTo(Severity.valueOf(severity));
        assertThat(AlertRules.of(fact, observed, SURROUNDINGS)).contains(raise);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void lowered(Fact fact, String type, String severity, String message, String eventItem) {
        Verdict.Lower lower = only(fact, SEEN, type, Verdict.Lower.class);
        if (message == null) {
            assertThat(lower.event()).isNull();
        } else {
            assertThat(lower.event().message()).isEqualTo(message);
            assertThat(lower.event().severity()).isEqualTo(Severity.valueOf(severity));
            assertThat(lower.event().item().type()).isEqualTo(eventItem);
        }
    }

    @Test
    void whatIsNotSetUpRaisesNothing() {
        assertThat(AlertRules.of(host("undeployed", false, false), SEEN, SURROUNDINGS))
                .noneMatch(Verdict.Raise.class::isInstance);
        assertThat(AlertRules.of(corosync("unconfigured", true, true), SEEN, SURROUNDINGS))
                .allMatch(Verdict.Withdraw.class::isInstance);
        assertThat(AlertRules.of(target("formatted", null), SEEN, SURROUNDINGS))
                .noneMatch(Verdict.Raise.class::isInstance);
        only(lnet(1, "unconfigured", NID), SEEN, "LNetOfflineAlert", Verdict.Withdraw.class);
    }

    @Test
    void nidsThatSomebodyChangedOrThatAreTheFirstAreAccepted() {
        only(lnet(1, "lnet_up", OTHER), ASKED, "LNetNidsChangedAlert", Verdict.Lower.class);
        only(lnet(2, "lnet_up", OTHER), SEEN, "LNetNidsChangedAlert", Verdict.Lower.class);
        only(lnet(1, "lnet_down"), SEEN, "LNetNidsChangedAlert", Verdict.Lower.class);
        assertThat(LnetRules.accepts((LnetFact) lnet(1, "lnet_up", OTHER), SEEN, Set.of(NID)))
                .isFalse();
    }

    @Test
    void recoveryFollowsTheStatus() {
        assertThat(TargetRules.recovery(target("mounted", 1L), "RECOVERING", SURROUNDINGS))
                .isInstanceOf(Verdict.Raise.class);
        for (String status : new String[] {"COMPLETE", "INACTIVE", null}) {
            assertThat(TargetRules.recovery(target("mounted", 1L), status, SURROUNDINGS))
                    .isInstanceOf(Verdict.Lower.class);
        }
    }

    @Test
    void updatesOfAServer() {
        HostFact host = (HostFact) host("managed", true, false);
        assertThat(HostRules.updates(host, true))
                .isEqualTo(new Verdict.Raise(
                        AlertType.UPDATES_AVAILABLE, Item.of(host), "Updates are ready for server oss1"));
        assertThat(((Verdict.Lower) HostRules.updates(host, false)).event()).isNull();
    }

    @Test
    void conditionsOfStorageAreAlertsOfTheirOwn() {
        StorageResourceFact.Condition still =
                new StorageResourceFact.Condition("_1_status_40", "status", 40, "Controller failed");
        List<Verdict> verdicts = AlertRules.of(storage(true, still), SEEN, SURROUNDINGS);
        assertThat(verdicts)
                .filteredOn(v -> v.type() == AlertType.STORAGE_RESOURCE)
                .singleElement()
                .satisfies(verdict -> {
                    assertThat(verdict.name()).isEqualTo("StorageResourceAlert__1_status_40");
                    assertThat(((Verdict.Raise) verdict).variant())
                            .isEqualTo(Map.of("alert_class", "_1_status_40", "attribute", "status"));
                });
    }

    private static <V extends Verdict> V only(Fact fact, boolean observed, String type, Class<V> kind) {
        List<Verdict> verdicts = AlertRules.of(fact, observed, SURROUNDINGS).stream()
                .filter(verdict -> verdict.type().wire().equals(type))
                .filter(kind::isInstance)
                .toList();
        assertThat(verdicts).as(kind.getSimpleName() + " " + type).hasSize(1);
        return kind.cast(verdicts.getFirst());
    }

    private static Arguments raises(Fact fact, boolean observed, String type, String severity, String message) {
        return Arguments.of(fact, observed, type, severity, message);
    }

    private static Arguments lowers(Fact fact, String type, String severity, String message, String eventItem) {
        return Arguments.of(fact, type, severity, message, eventItem);
    }

    private static Fact host(String state, boolean inContact, boolean offline) {
        ServerProfile profile =
                new ServerProfile("base_managed_rh7", "Managed", true, false, "managed", false, true, true, true);
        return new HostFact(
                1, 1, state, false, "oss1", "oss1", "oss1", "oss1", "manual", profile, inContact, offline, List.of(),
                List.of());
    }

    private static Fact lnet(long host, String state, Nid... nids) {
        return new LnetFact(host, 1, state, false, "lnet configuration", host, List.of(nids));
    }

    private static Fact corosync(String state, boolean stonithDisabled, boolean alone) {
        return new CorosyncFact(1, 1, state, false, "corosync2 configuration", 1, true, 4242, stonithDisabled, alone);
    }

    private static TargetFact target(String state, Long active) {
        return new TargetFact(
                3,
                1,
                state,
                false,
                "fs-OST0000",
                TargetKind.OST,
                0,
                1L,
                4,
                "fs-OST0000_8f3c1a",
                active,
                List.of(new TargetFact.Mount(5, 1, 9, true), new TargetFact.Mount(6, 2, 10, false)),
                0,
                0);
    }

    private static Fact storage(boolean contactable, StorageResourceFact.Condition... conditions) {
        return new StorageResourceFact(9, 1, "Controller", "ctl0", true, contactable, List.of(conditions), List.of(4L));
    }
}
