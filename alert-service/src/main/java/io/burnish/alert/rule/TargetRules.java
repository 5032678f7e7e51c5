package io.burnish.alert.rule;

import static io.burnish.alert.type.AlertType.TARGET_FAILOVER;
import static io.burnish.alert.type.AlertType.TARGET_OFFLINE;
import static io.burnish.alert.type.AlertType.TARGET_RECOVERY;

import io.burnish.alert.type.AlertType;
import io.burnish.alert.type.Severity;
import io.burnish.contracts.fact.TargetFact;
import java.util.ArrayList;
import java.util.List;

/** Alerts on targets. */
public final class TargetRules {

    private TargetRules() {}

    static List<Verdict> of(TargetFact target, boolean observed, Surroundings surroundings) {
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(offline(target, observed, surroundings));
        verdicts.add(failover(target, surroundings));
        if (target.activeHostId() == null) {
            verdicts.add(recovery(target, null, surroundings));
        }
        return verdicts;
    }

    private static Verdict offline(TargetFact target, boolean observed, Surroundings surroundings) {
        return switch (target.state()) {
            case "unmounted" ->
                raise(
                        TARGET_OFFLINE,
                        target,
                        "Target " + target.label() + " offline",
                        AlertRules.severity(TARGET_OFFLINE, observed));
            case "mounted" -> lower(TARGET_OFFLINE, target, target.label() + " started", surroundings);
            default -> new Verdict.Withdraw(TARGET_OFFLINE, Item.of(target));
        };
    }

    private static Verdict failover(TargetFact target, Surroundings surroundings) {
        Long active = target.activeHostId();
        boolean away = active != null && !target.primaryHostId().equals(java.util.Optional.of(active));
        return away
                ? raise(
                        TARGET_FAILOVER,
                        target,
                        "Target " + target.label() + " running on secondary server",
                        TARGET_FAILOVER.severity())
                : lower(TARGET_FAILOVER, target, target.label() + " failover unmounted", surroundings);
    }

    /**
     * Recovery of a target.
     *
     * @param status of its {@code recovery_status}; {@code null}: it is not mounted, or says nothing
     */
    public static Verdict recovery(TargetFact target, String status, Surroundings surroundings) {
        return "RECOVERING".equals(status)
                ? raise(
                        TARGET_RECOVERY,
                        target,
                        "Target " + target.label() + " in recovery",
                        TARGET_RECOVERY.severity())
                : lower(TARGET_RECOVERY, target, "Target '" + target.label() + "' completed recovery", surroundings);
    }

    private static Verdict raise(AlertType type, TargetFact target, String message, Severity severity) {
        return new Verdict.Raise(type, Item.of(target), message, severity, new Affected.FilesystemsOf(target));
    }

    /** The end is recorded on the primary server; on the target itself if it has none. */
    private static Verdict lower(AlertType type, TargetFact target, String message, Surroundings surroundings) {
        Item on = target.primaryHostId()
                .map(host -> Item.host(host, surroundings.hostLabel(host)))
                .orElseGet(() -> Item.of(target));
        return new Verdict.Lower(type, Item.of(target), new Verdict.EndEvent(message, Severity.INFO, on));
    }
}
