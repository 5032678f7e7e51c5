package io.burnish.agent.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.ActionOutcome;
import java.util.Optional;
import java.util.UUID;

/** Runs an action for somebody at the server itself: the cluster's resource agent, or an administrator. It leaves no record. */
public final class LocalAction {

    private final ActionCatalogue catalogue;
    private final RunnerSettings settings;

    /** Actions of a catalogue. */
    public LocalAction(ActionCatalogue catalogue, RunnerSettings settings) {
        this.catalogue = catalogue;
        this.settings = settings;
    }

    /** Runs to the end; empty if there is no such action. */
    public Optional<ActionOutcome> run(String name, ObjectNode arguments) {
        return catalogue.find(name).map(action -> {
            Secrets secrets = Secrets.in(arguments);
            ActionRecord record = new ActionRecord(secrets.values(), text -> {});
            String id = "local-" + UUID.randomUUID();
            RunningAction running = new RunningAction(id, null, 0);
            running.begin();
            ActionRun run = new ActionRun(action, secrets, record, settings, id, false);
            ActionOutcome outcome = run.execute(running);
            if (outcome instanceof ActionOutcome.Succeeded) {
                run.act();
            }
            return outcome;
        });
    }
}
