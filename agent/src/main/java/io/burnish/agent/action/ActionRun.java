package io.burnish.agent.action;

import com.fasterxml.jackson.databind.JsonNode;
import io.burnish.agent.Life;
import io.burnish.agent.command.ActionFailedException;
import io.burnish.agent.command.Commands;
import io.burnish.agent.system.CommandNotFoundException;
import io.burnish.agent.system.OutcomeUnknownException;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.ActionOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;

/** One run of an action: turns whatever happens into an outcome. */
final class ActionRun {

    private static final System.Logger LOG = System.getLogger(ActionRun.class.getName());
    private static final int DETAIL_LIMIT = 32 * 1024;

    private final Action action;
    private final ActionArguments arguments;
    private final ActionRecord record;
    private final ActionContext context;
    private final String serverName;

    ActionRun(Action action, Secrets secrets, ActionRecord record, RunnerSettings around, String id, boolean resumed) {
        this.action = action;
        this.arguments = new ActionArguments(secrets.plain());
        this.record = record;
        this.serverName = around.host().names().fqdn();
        this.context = new ActionContext(
                id,
                resumed,
                around.host(),
                Commands.recorded(around.host(), record, secrets.values()),
                around.timings().waits(),
                around.life(),
                around.exit(),
                around.locks());
    }

    /**
     * Runs the action to its end.
     *
     * @throws Life.LifeEndedException if the agent ended: there is no outcome then
     */
    ActionOutcome execute(RunningAction running) {
        ActionOutcome outcome;
        try {
            JsonNode result = action.run(arguments, context);
            outcome = new ActionOutcome.Succeeded(masked(result), record.commands());
        } catch (Life.LifeEndedException e) {
            throw e;
        } catch (InterruptedException | IOException | RuntimeException e) {
            context.life().check();
            outcome = failed(e);
        }
        Optional<String> stopped = running.finish();
        if (stopped.isPresent() && outcome instanceof ActionOutcome.Failed) {
            return new ActionOutcome.Cancelled(stopped.get(), record.commands());
        }
        return outcome;
    }

    /** Whether {@link #act} is to follow a success. */
    boolean actsAfterAnswer() {
        return action instanceof Action.ActsAfterAnswer;
    }

    /** The part that comes after the answer. */
    void act() {
        if (!(action instanceof Action.ActsAfterAnswer after)) {
            return;
        }
        try {
            after.act(arguments, context);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Life.LifeEndedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // nobody waits for an outcome any more: the log is all that is left
            LOG.log(System.Logger.Level.ERROR, "could not " + record.masked(purpose()), e);
        }
    }

    private JsonNode masked(JsonNode result) {
        if (result == null) {
            return null;
        }
        return ContractJson.read(record.masked(ContractJson.text(result)), JsonNode.class);
    }

    private ActionOutcome failed(Exception cause) {
        String reason =
                switch (cause) {
                    case ActionFailedException failed -> failed.getMessage();
                    case CommandNotFoundException missing -> missing.getMessage();
                    case OutcomeUnknownException unknown -> unknown.getMessage();
                    case InterruptedException interrupted -> "it was interrupted";
                    default -> "unexpected " + cause.getClass().getSimpleName() + ": " + cause.getMessage();
                };
        String detail = cause instanceof ActionFailedException && cause.getCause() == null ? null : trace(cause);
        String sentence = "Server " + serverName + " could not " + purpose() + ": " + reason;
        return new ActionOutcome.Failed(
                record.masked(sentence), detail == null ? null : record.masked(detail), record.commands());
    }

    private String purpose() {
        try {
            return action.purpose(arguments);
        } catch (ActionFailedException e) {
            // an argument that the sentence needs is missing, which is then the reason as well
            return "run " + action.id().wire();
        }
    }

    private static String trace(Exception cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return Excerpt.of(text.toString(), DETAIL_LIMIT);
    }
}
