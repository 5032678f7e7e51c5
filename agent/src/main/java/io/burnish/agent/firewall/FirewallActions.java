package io.burnish.agent.firewall;

import io.burnish.agent.action.Action;
import java.util.List;

/** The actions of this package. */
public final class FirewallActions {

    private FirewallActions() {}

    /** All of them. */
    public static List<Action> all() {
        return FirewallRule.both();
    }
}
