package io.burnish.alert.rule;

import static io.burnish.alert.type.AlertType.HOST_CONTACT;
import static io.burnish.alert.type.AlertType.HOST_OFFLINE;
import static io.burnish.alert.type.AlertType.UPDATES_AVAILABLE;

import io.burnish.contracts.fact.HostFact;
import java.util.List;

/** Alerts on servers. */
public final class HostRules {

    private HostRules() {}

    static List<Verdict> of(HostFact host) {
        return List.of(contact(host), offline(host));
    }

    /** A server that was never set up has no contact to lose. */
    private static Verdict contact(HostFact host) {
        Item item = Item.of(host);
        return host.inContact() || host.state().equals("undeployed")
                ? new Verdict.Lower(HOST_CONTACT, item, "Re-established contact with host " + host.label())
                : new Verdict.Raise(
                        HOST_CONTACT,
                        item,
                        "Lost contact with host " + host.label(),
                        HOST_CONTACT.severity(),
                        new Affected.TargetsOn(host.id()));
    }

    private static Verdict offline(HostFact host) {
        Item item = Item.of(host);
        return host.offline()
                ? new Verdict.Raise(HOST_OFFLINE, item, "Host is offline " + host.label())
                : new Verdict.Lower(HOST_OFFLINE, item, "Host is back online " + host.label());
    }

    /** Whether newer packages wait for a server. */
    public static Verdict updates(HostFact host, boolean needed) {
        Item item = Item.of(host);
        return needed
                ? new Verdict.Raise(UPDATES_AVAILABLE, item, "Updates are ready for server " + host.label())
                : new Verdict.Lower(UPDATES_AVAILABLE, item, (Verdict.EndEvent) null);
    }
}
