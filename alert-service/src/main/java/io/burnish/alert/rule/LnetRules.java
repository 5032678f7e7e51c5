package io.burnish.alert.rule;

import static io.burnish.alert.type.AlertType.LNET_NIDS_CHANGED;
import static io.burnish.alert.type.AlertType.LNET_OFFLINE;

import io.burnish.alert.type.Severity;
import io.burnish.contracts.fact.LnetFact;
import io.burnish.contracts.model.Nid;
import java.util.List;
import java.util.Set;

/** Alerts on LNet. */
public final class LnetRules {

    private LnetRules() {}

    static List<Verdict> of(LnetFact lnet, boolean observed, Surroundings surroundings) {
        String host = surroundings.hostLabel(lnet.hostId());
        return List.of(
                offline(lnet, host, observed), nids(lnet, host, observed, surroundings.acceptedNids(lnet.hostId())));
    }

    private static Verdict offline(LnetFact lnet, String host, boolean observed) {
        Item item = Item.of(lnet);
        return switch (lnet.state()) {
            case "lnet_up" ->
                new Verdict.Lower(
                        LNET_OFFLINE,
                        item,
                        new Verdict.EndEvent(
                                "LNet started on server '" + host + "'",
                                Severity.WARNING,
                                Item.host(lnet.hostId(), host)));
            case "unconfigured" -> new Verdict.Withdraw(LNET_OFFLINE, item);
            default ->
                new Verdict.Raise(
                        LNET_OFFLINE,
                        item,
                        "LNet offline on server " + host,
                        AlertRules.severity(LNET_OFFLINE, observed),
                        Affected.host(lnet.hostId()));
        };
    }

    private static Verdict nids(LnetFact lnet, String host, boolean observed, Set<Nid> accepted) {
        Item item = Item.host(lnet.hostId(), host);
        return accepts(lnet, observed, accepted) || Set.copyOf(lnet.nids()).equals(accepted)
                ? new Verdict.Lower(LNET_NIDS_CHANGED, item, "LNet NIDs updated for server " + host)
                : new Verdict.Raise(
                        LNET_NIDS_CHANGED,
                        item,
                        "NIDs changed on server " + host + " - see manual for details.",
                        LNET_NIDS_CHANGED.severity(),
                        Affected.object(lnet.ref()));
    }

    /**
     * Whether the NIDs of a fact are those that the server is supposed to have from now on: the first that it has, and whatever
     * comes of a change that somebody asked for.
     */
    public static boolean accepts(LnetFact lnet, boolean observed, Set<Nid> accepted) {
        return lnet.nids().isEmpty() || accepted.isEmpty() || !observed;
    }
}
