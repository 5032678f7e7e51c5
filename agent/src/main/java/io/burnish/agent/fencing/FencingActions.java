package io.burnish.agent.fencing;

import io.burnish.agent.action.Action;
import java.util.List;

/** The actions of this package. */
public final class FencingActions {

    private FencingActions() {}

    /** All of them. */
    public static List<Action> all() {
        return List.of(new ConfigureFencing(), new UnconfigureFencing());
    }
}
