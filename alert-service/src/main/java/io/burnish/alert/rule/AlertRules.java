package io.burnish.alert.rule;

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
import java.util.List;

/**
 * Which alerts a fact calls for (API contract, core 2.4; monitoring 2). Pure: the same fact in the same surroundings gives the same
 * verdicts, so evaluating a fact again changes nothing.
 *
 * <p>A change that somebody asked for is never worse than a warning; one that was observed has the class's own severity.
 */
public final class AlertRules {

    private AlertRules() {}

    /** The verdicts on a fact. */
    public static List<Verdict> of(Fact fact, boolean observed, Surroundings surroundings) {
        return switch (fact) {
            case HostFact host -> HostRules.of(host);
            case LnetFact lnet -> LnetRules.of(lnet, observed, surroundings);
            case CorosyncFact corosync -> ClusterRules.of(corosync, observed, surroundings);
            case PacemakerFact pacemaker -> ClusterRules.of(pacemaker, observed, surroundings);
            case TargetFact target -> TargetRules.of(target, observed, surroundings);
            case PowerDeviceFact device -> PowerRules.of(device);
            case OutletFact outlet -> PowerRules.of(outlet, surroundings);
            case StorageResourceFact resource -> StorageRules.of(resource, surroundings);
            default -> List.of();
        };
    }

    /** The severity of a class after a change. */
    static Severity severity(AlertType type, boolean observed) {
        return observed ? type.severity() : type.severity().atMost(Severity.WARNING);
    }
}
