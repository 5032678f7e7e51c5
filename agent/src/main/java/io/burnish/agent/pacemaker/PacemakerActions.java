package io.burnish.agent.pacemaker;

import io.burnish.agent.action.Action;
import java.util.ArrayList;
import java.util.List;

/** The actions of this package. */
public final class PacemakerActions {

    private PacemakerActions() {}

    /** All of them. */
    public static List<Action> all() {
        List<Action> actions = new ArrayList<>(PacemakerService.all());
        actions.addAll(List.of(
                new ConfigurePacemaker(),
                new UnconfigurePacemaker(),
                NodeStandby.standby(),
                NodeStandby.online(),
                new DeleteNode()));
        return actions;
    }
}
