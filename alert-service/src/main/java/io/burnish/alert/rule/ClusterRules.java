package io.burnish.alert.rule;

import static io.burnish.alert.type.AlertType.COROSYNC_NO_PEERS;
import static io.burnish.alert.type.AlertType.COROSYNC_STOPPED;
import static io.burnish.alert.type.AlertType.PACEMAKER_STOPPED;
import static io.burnish.alert.type.AlertType.STONITH_NOT_ENABLED;

import io.burnish.alert.type.AlertType;
import io.burnish.alert.type.Severity;
import io.burnish.contracts.fact.CorosyncFact;
import io.burnish.contracts.fact.PacemakerFact;
import io.burnish.contracts.fact.StatefulFact;
import java.util.List;

/** Alerts on Corosync and Pacemaker. What a cluster says of itself counts while its software is set up. */
final class ClusterRules {

    private static final String UNCONFIGURED = "unconfigured";

    private ClusterRules() {}

    static List<Verdict> of(CorosyncFact corosync, boolean observed, Surroundings surroundings) {
        Item host = Item.host(corosync.hostId(), surroundings.hostLabel(corosync.hostId()));
        return List.of(
                running(COROSYNC_STOPPED, "Corosync", corosync, host, observed),
                peers(corosync, host),
                stonith(corosync, host));
    }

    static List<Verdict> of(PacemakerFact pacemaker, boolean observed, Surroundings surroundings) {
        Item host = Item.host(pacemaker.hostId(), surroundings.hostLabel(pacemaker.hostId()));
        return List.of(running(PACEMAKER_STOPPED, "Pacemaker", pacemaker, host, observed));
    }

    private static Verdict running(AlertType type, String name, StatefulFact service, Item host, boolean observed) {
        Item item = Item.of(service);
        return switch (service.state()) {
            case "started" ->
                new Verdict.Lower(
                        type,
                        item,
                        new Verdict.EndEvent(
                                name + " started on server '" + host.text() + "'", Severity.WARNING, host));
            case "stopped" ->
                new Verdict.Raise(
                        type,
                        item,
                        name + " stopped on server " + host.text(),
                        AlertRules.severity(type, observed),
                        Affected.host(host.id()));
            default -> new Verdict.Withdraw(type, item);
        };
    }

    private static Verdict peers(CorosyncFact corosync, Item host) {
        Item item = Item.of(corosync);
        if (corosync.state().equals(UNCONFIGURED)) {
            return new Verdict.Withdraw(COROSYNC_NO_PEERS, item);
        }
        return corosync.alone()
                ? new Verdict.Raise(
                        COROSYNC_NO_PEERS,
                        item,
                        "Host " + host.text() + " no failover peers",
                        COROSYNC_NO_PEERS.severity(),
                        Affected.host(host.id()))
                : new Verdict.Lower(COROSYNC_NO_PEERS, item, (Verdict.EndEvent) null);
    }

    private static Verdict stonith(CorosyncFact corosync, Item host) {
        Item item = Item.of(corosync);
        if (corosync.state().equals(UNCONFIGURED)) {
            return new Verdict.Withdraw(STONITH_NOT_ENABLED, item);
        }
        return corosync.stonithDisabled()
                ? new Verdict.Raise(
                        STONITH_NOT_ENABLED,
                        item,
                        "stonith-enabled is set to false on %s: a failed server is not fenced and data can be corrupted. No target can be created on it until fencing is enabled."
                                .formatted(host.text()),
                        STONITH_NOT_ENABLED.severity(),
                        Affected.host(host.id()))
                : new Verdict.Lower(STONITH_NOT_ENABLED, item, "stonith-enabled set to true on " + host.text());
    }
}
