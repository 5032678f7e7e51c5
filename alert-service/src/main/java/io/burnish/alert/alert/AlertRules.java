package io.burnish.alert.alert;

import io.burnish.alert.type.AlertType;
import io.burnish.alert.type.Severity;
import io.burnish.contracts.fact.CorosyncFact;
import io.burnish.contracts.fact.HostFact;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.fact.PacemakerFact;
import io.burnish.contracts.fact.StatefulFact;
import io.burnish.contracts.fact.TargetFact;
import io.burnish.contracts.model.ObjectRef;
import java.util.ArrayList;
import java.util.List;

/**
 * Which alerts a fact calls for (API contract, core 2.4; monitoring 2). Pure: the same fact in the same surroundings gives the same
 * verdicts, so evaluating a fact again changes nothing.
 *
 * <p>A change that somebody asked for is never worse than a warning; one that was observed has the class's own severity.
 */
final class AlertRules {

    /** What the rules must know besides the fact. */
    interface Surroundings {
        /** Label of a server; its id if it is unknown. */
        String hostLabel(long hostId);

        /** URIs of the targets that a server can run, and of their file systems. */
        List<String> dependentsOfHost(long hostId);

        /** URIs of the file systems that a target is part of. */
        List<String> filesystemsOf(TargetFact target);
    }

    private final Surroundings surroundings;

    AlertRules(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    List<Verdict> of(StatefulFact fact, boolean observed) {
        return switch (fact) {
            case HostFact host -> host(host);
            case LnetFact lnet -> List.of(lnet(lnet, observed));
            case CorosyncFact corosync -> corosync(corosync, observed);
            case PacemakerFact pacemaker -> List.of(pacemaker(pacemaker, observed));
            case TargetFact target -> target(target, observed);
            default -> List.of();
        };
    }

    private List<Verdict> host(HostFact host) {
        ObjectRef item = host.ref();
        boolean registered = !host.state().equals("undeployed");
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(
                registered && !host.inContact()
                        ? new Verdict.Raise(
                                AlertType.HOST_CONTACT,
                                item,
                                host.label(),
                                "Lost contact with host " + host.label(),
                                AlertType.HOST_CONTACT.severity(),
                                surroundings.dependentsOfHost(host.id()))
                        : lower(
                                AlertType.HOST_CONTACT,
                                item,
                                "Re-established contact with host " + host.label(),
                                item,
                                host.label()));
        verdicts.add(
                host.offline()
                        ? raise(AlertType.HOST_OFFLINE, item, host.label(), "Host is offline " + host.label(), true)
                        : lower(
                                AlertType.HOST_OFFLINE,
                                item,
                                "Host is back online " + host.label(),
                                item,
                                host.label()));
        return verdicts;
    }

    private Verdict lnet(LnetFact lnet, boolean observed) {
        String host = surroundings.hostLabel(lnet.hostId());
        return switch (lnet.state()) {
            case "lnet_up" ->
                new Verdict.Lower(
                        AlertType.LNET_OFFLINE,
                        lnet.ref(),
                        new Verdict.EndEvent(
                                "LNet started on server '" + host + "'",
                                Severity.WARNING,
                                ObjectRef.host(lnet.hostId()),
                                host));
            case "unconfigured" -> new Verdict.Withdraw(AlertType.LNET_OFFLINE, lnet.ref());
            default -> onHost(AlertType.LNET_OFFLINE, lnet, lnet.hostId(), "LNet offline on server " + host, observed);
        };
    }

    private List<Verdict> corosync(CorosyncFact corosync, boolean observed) {
        String host = surroundings.hostLabel(corosync.hostId());
        Verdict running =
                switch (corosync.state()) {
                    case "started" ->
                        started(
                                AlertType.COROSYNC_STOPPED,
                                corosync,
                                corosync.hostId(),
                                "Corosync started on server '" + host + "'");
                    case "stopped" ->
                        onHost(
                                AlertType.COROSYNC_STOPPED,
                                corosync,
                                corosync.hostId(),
                                "Corosync stopped on server " + host,
                                observed);
                    default -> new Verdict.Withdraw(AlertType.COROSYNC_STOPPED, corosync.ref());
                };
        Verdict stonith = corosync.stonithDisabled()
                ? onHost(
                        AlertType.STONITH_NOT_ENABLED,
                        corosync,
                        corosync.hostId(),
                        "stonith-enabled is set to false on %s: a failed server is not fenced and data can be corrupted. No target can be created on it until fencing is enabled."
                                .formatted(host),
                        true)
                : lower(
                        AlertType.STONITH_NOT_ENABLED,
                        corosync.ref(),
                        "stonith-enabled set to true on " + host,
                        corosync.ref(),
                        corosync.label());
        return List.of(running, stonith);
    }

    private Verdict pacemaker(PacemakerFact pacemaker, boolean observed) {
        String host = surroundings.hostLabel(pacemaker.hostId());
        return switch (pacemaker.state()) {
            case "started" ->
                started(
                        AlertType.PACEMAKER_STOPPED,
                        pacemaker,
                        pacemaker.hostId(),
                        "Pacemaker started on server '" + host + "'");
            case "stopped" ->
                onHost(
                        AlertType.PACEMAKER_STOPPED,
                        pacemaker,
                        pacemaker.hostId(),
                        "Pacemaker stopped on server " + host,
                        observed);
            default -> new Verdict.Withdraw(AlertType.PACEMAKER_STOPPED, pacemaker.ref());
        };
    }

    private List<Verdict> target(TargetFact target, boolean observed) {
        long primary = target.primaryHostId().orElse(0L);
        ObjectRef primaryHost = ObjectRef.host(primary);
        String primaryLabel = surroundings.hostLabel(primary);
        List<String> filesystems = surroundings.filesystemsOf(target);
        Verdict offline =
                switch (target.state()) {
                    case "unmounted" ->
                        new Verdict.Raise(
                                AlertType.TARGET_OFFLINE,
                                target.ref(),
                                target.label(),
                                "Target " + target.label() + " offline",
                                severity(AlertType.TARGET_OFFLINE, observed),
                                filesystems);
                    case "mounted" ->
                        lower(
                                AlertType.TARGET_OFFLINE,
                                target.ref(),
                                target.label() + " started",
                                primaryHost,
                                primaryLabel);
                    default -> new Verdict.Withdraw(AlertType.TARGET_OFFLINE, target.ref());
                };
        boolean away = target.activeHostId() != null && target.activeHostId() != primary;
        Verdict failover = away
                ? new Verdict.Raise(
                        AlertType.TARGET_FAILOVER,
                        target.ref(),
                        target.label(),
                        "Target " + target.label() + " running on secondary server",
                        AlertType.TARGET_FAILOVER.severity(),
                        filesystems)
                : lower(
                        AlertType.TARGET_FAILOVER,
                        target.ref(),
                        target.label() + " failover unmounted",
                        primaryHost,
                        primaryLabel);
        return List.of(offline, failover);
    }

    /** Recovery of a mounted target, from its {@code recovery_status}. */
    Verdict recovery(TargetFact target, String status) {
        long primary = target.primaryHostId().orElse(0L);
        return "RECOVERING".equals(status)
                ? new Verdict.Raise(
                        AlertType.TARGET_RECOVERY,
                        target.ref(),
                        target.label(),
                        "Target " + target.label() + " in recovery",
                        AlertType.TARGET_RECOVERY.severity(),
                        surroundings.filesystemsOf(target))
                : lower(
                        AlertType.TARGET_RECOVERY,
                        target.ref(),
                        "Target '" + target.label() + "' completed recovery",
                        ObjectRef.host(primary),
                        surroundings.hostLabel(primary));
    }

    private static Severity severity(AlertType type, boolean observed) {
        return observed ? type.severity() : type.severity().atMost(Severity.WARNING);
    }

    private static Verdict raise(AlertType type, ObjectRef item, String text, String message, boolean observed) {
        return new Verdict.Raise(type, item, text, message, severity(type, observed), List.of());
    }

    /** A configuration of a server: the server suffers with it. */
    private static Verdict onHost(AlertType type, StatefulFact fact, long hostId, String message, boolean observed) {
        return new Verdict.Raise(
                type,
                fact.ref(),
                fact.label(),
                message,
                severity(type, observed),
                List.of(ObjectRef.host(hostId).uri()));
    }

    private Verdict started(AlertType type, StatefulFact fact, long hostId, String message) {
        return new Verdict.Lower(
                type,
                fact.ref(),
                new Verdict.EndEvent(
                        message, Severity.WARNING, ObjectRef.host(hostId), surroundings.hostLabel(hostId)));
    }

    private static Verdict lower(
            AlertType type, ObjectRef item, String message, ObjectRef eventItem, String eventText) {
        return new Verdict.Lower(type, item, new Verdict.EndEvent(message, Severity.INFO, eventItem, eventText));
    }
}
