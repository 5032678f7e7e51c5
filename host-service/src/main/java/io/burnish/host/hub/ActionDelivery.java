package io.burnish.host.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.ToAgent;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Hands actions to connected agents.
 *
 * <p>An action is sent only after a committed transaction has noted the session that it is handed to. If the sending fails, so has the
 * session: the next one gets everything that is unfinished again, and the agent recognises what it knows.
 */
@ApplicationScoped
class ActionDelivery {

    private static final Logger LOG = Logger.getLogger(ActionDelivery.class);

    private final Database database;
    private final Connections connections;
    private final ActionStore actions;
    private final SecretArguments secrets;

    ActionDelivery(Database database, Connections connections, ActionStore actions, SecretArguments secrets) {
        this.database = database;
        this.connections = connections;
        this.actions = actions;
        this.secrets = secrets;
    }

    /** Takes and sends what a server has not been handed yet ({@code null}: all servers of this instance). Blocks. */
    void deliverWaiting(Long hostId) {
        deliver(database.transaction(tx -> actions.claim(tx, connections.instance(), hostId)));
    }

    /** Sends what has been claimed. Does not block: whatever needs the database goes on by itself. */
    void deliver(List<ActionStore.Handover> handovers) {
        for (ActionStore.Handover handover : handovers) {
            connections.ofSession(handover.sessionId()).ifPresent(connection -> deliver(connection, handover));
        }
    }

    private void deliver(AgentConnection connection, ActionStore.Handover handover) {
        ActionCommand.Run action = handover.action();
        connection.started(action.actionId(), action.job());
        if (SecretArguments.present(action)) {
            Thread.ofVirtual().name("secrets-" + action.actionId()).start(() -> deliverSecretly(connection, handover));
        } else {
            send(connection, handover, action.args());
        }
    }

    private void deliverSecretly(AgentConnection connection, ActionStore.Handover handover) {
        ActionCommand.Run action = handover.action();
        try {
            Optional<ObjectNode> args = database.transaction(tx -> secrets.resolve(tx, action.args()));
            if (args.isPresent()) {
                send(connection, handover, args.get());
            } else {
                database.run(tx -> actions.finish(tx, List.of(secretGone(action))));
            }
        } catch (RuntimeException e) {
            LOG.warnf(
                    "action %s was not handed to %s, its connection is closed to try again: %s",
                    action.actionId(), connection, e.getMessage());
            connection.close("secrets cannot be read");
        }
    }

    private static ActionStore.End secretGone(ActionCommand.Run action) {
        return new ActionStore.End(
                action.actionId(),
                action.hostId(),
                new ActionOutcome.Failed(
                        "Action %s needs a secret that is not kept any more. It was not run; ask for the work again."
                                .formatted(action.action()),
                        null,
                        List.of()));
    }

    private static void send(AgentConnection connection, ActionStore.Handover handover, ObjectNode args) {
        ActionCommand.Run action = handover.action();
        if (handover.fresh()) {
            connection.send(new ToAgent.RunAction(
                    action.actionId(),
                    action.action(),
                    args,
                    action.deadlineSeconds(),
                    action.subject(),
                    action.fencingToken(),
                    action.job()));
        }
        if (handover.cancelled()) {
            connection.send(new ToAgent.CancelAction(action.actionId()));
        }
    }
}
