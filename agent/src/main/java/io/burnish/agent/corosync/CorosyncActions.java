package io.burnish.agent.corosync;

import io.burnish.agent.action.Action;
import java.util.List;

/** The actions of this package. */
public final class CorosyncActions {

    private CorosyncActions() {}

    /** All of them, for one agent. */
    public static List<Action> all() {
        RingTalker talker = new RingTalker();
        return List.of(
                new GetCorosyncAutoconfig(talker),
                new ConfigureNetwork(),
                new JoinPreparation(),
                new ClusterMembership(talker),
                new ChangeMulticastPort(),
                new UnconfigureCorosync(),
                CorosyncService.starting(talker),
                CorosyncService.stopping(talker));
    }
}
