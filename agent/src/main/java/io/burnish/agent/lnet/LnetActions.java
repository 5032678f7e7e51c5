package io.burnish.agent.lnet;

import io.burnish.agent.action.Action;
import java.util.ArrayList;
import java.util.List;

/** The actions of this package. */
public final class LnetActions {

    private LnetActions() {}

    /** All of them. */
    public static List<Action> all() {
        List<Action> actions = new ArrayList<>(LnetState.all());
        actions.addAll(LnetConfiguration.both());
        return actions;
    }
}
