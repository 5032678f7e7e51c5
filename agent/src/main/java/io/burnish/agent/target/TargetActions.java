package io.burnish.agent.target;

import io.burnish.agent.action.Action;
import java.util.ArrayList;
import java.util.List;

/** The actions of this package. */
public final class TargetActions {

    private TargetActions() {}

    /** All of them, for one agent. */
    public static List<Action> all() {
        List<Action> actions = new ArrayList<>(List.of(
                new CheckBlockDevice(),
                new FormatTarget(),
                new RegisterTarget(),
                new ConfigureTargetHa(),
                new UnconfigureTargetHa(),
                TargetRole.starting(),
                TargetRole.stopping(),
                MoveTarget.failover(),
                MoveTarget.failback(),
                new WriteconfTarget(),
                new PurgeConfiguration(),
                new SetConfParam()));
        actions.addAll(TargetStoreActions.all());
        actions.addAll(PoolActions.all());
        actions.addAll(ResourceAgentActions.all());
        return actions;
    }
}
