package io.burnish.agent.action;

import io.burnish.contracts.agent.AgentAction;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All actions that this agent can run. */
public final class ActionCatalogue {

    private final Map<AgentAction, Action> actions = new EnumMap<>(AgentAction.class);

    /**
     * A catalogue.
     *
     * @throws IllegalArgumentException if two actions have the same id
     */
    public ActionCatalogue(Collection<? extends Action> actions) {
        for (Action action : actions) {
            if (this.actions.put(action.id(), action) != null) {
                throw new IllegalArgumentException("two implementations of " + action.id());
            }
        }
    }

    /** The action of a wire name; empty if this agent does not know it. */
    public Optional<Action> find(String wire) {
        return AgentAction.of(wire).map(actions::get);
    }

    /** Ids without an implementation. */
    public Set<AgentAction> missing() {
        Set<AgentAction> missing = EnumSet.allOf(AgentAction.class);
        missing.removeAll(actions.keySet());
        return missing;
    }
}
