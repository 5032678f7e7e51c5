package io.burnish.host.hub;

import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.ToAgent;
import io.burnish.kit.messaging.Inbox;
import io.burnish.kit.messaging.Received;
import io.burnish.kit.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Accepts actions and cancellations from the other services.
 *
 * <p>Guarantee: an accepted action is a row before the record is acknowledged; what came of it is told exactly once. A polled batch is
 * one transaction. Servers that are connected here get their actions right after the commit; of the others the instances are told
 * that hold them, and find the rows themselves in any case.
 */
@ApplicationScoped
public class ActionIntake {

    private final Inbox inbox;
    private final Connections connections;
    private final ActionStore actions;
    private final ActionDelivery delivery;
    private final HubHints hints;

    ActionIntake(Inbox inbox, Connections connections, ActionStore actions, ActionDelivery delivery, HubHints hints) {
        this.inbox = inbox;
        this.connections = connections;
        this.actions = actions;
        this.delivery = delivery;
        this.hints = hints;
    }

    /** Applies records of the topic of actions. */
    public Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
        return inbox.consume("agent-actions", records, ActionCommand.class, this::accept);
    }

    private void accept(Tx tx, List<Received<ActionCommand>> messages) {
        List<ActionCommand.Run> runs = new ArrayList<>();
        List<ActionCommand.Cancel> cancels = new ArrayList<>();
        for (Received<ActionCommand> message : messages) {
            switch (message.value()) {
                case ActionCommand.Run run -> runs.add(run);
                case ActionCommand.Cancel cancel -> cancels.add(cancel);
            }
        }
        // runs first: within a batch a cancellation can only follow its action
        acceptRuns(tx, runs);
        acceptCancels(tx, cancels);
    }

    private void acceptRuns(Tx tx, List<ActionCommand.Run> runs) {
        if (runs.isEmpty()) {
            return;
        }
        Map<Long, String> sessions = new HashMap<>();
        runs.forEach(run -> connections
                .ofHost(run.hostId())
                .ifPresent(connection -> sessions.put(run.hostId(), connection.sessionId())));
        Map<String, ActionCommand.Run> byId = new LinkedHashMap<>();
        runs.forEach(run -> byId.putIfAbsent(run.actionId(), run));
        Set<String> added = actions.add(tx, List.copyOf(byId.values()), run -> sessions.get(run.hostId()));
        byId.keySet().retainAll(added);
        tx.afterCommit(() -> handOver(byId.values().stream().toList(), sessions));
    }

    private void handOver(List<ActionCommand.Run> runs, Map<Long, String> sessions) {
        List<ActionStore.Handover> handovers = new ArrayList<>();
        Set<Long> elsewhere = new LinkedHashSet<>();
        for (ActionCommand.Run run : runs) {
            String session = sessions.get(run.hostId());
            String present = connections
                    .ofHost(run.hostId())
                    .map(AgentConnection::sessionId)
                    .orElse(null);
            if (session != null && session.equals(present)) {
                handovers.add(new ActionStore.Handover(run, session, true, false));
            } else {
                elsewhere.add(run.hostId());
            }
        }
        delivery.deliver(handovers);
        hints.actionsWait(elsewhere);
    }

    private void acceptCancels(Tx tx, List<ActionCommand.Cancel> cancels) {
        List<ActionStore.End> ends = new ArrayList<>();
        for (ActionCommand.Cancel cancel : cancels) {
            AgentConnection connection = connections.ofHost(cancel.hostId()).orElse(null);
            String session = connection == null ? null : connection.sessionId();
            switch (actions.cancel(tx, cancel.actionId(), session)) {
                case NOT_DELIVERED ->
                    ends.add(new ActionStore.End(
                            cancel.actionId(),
                            cancel.hostId(),
                            new ActionOutcome.Cancelled("It was cancelled before the server got it.", List.of())));
                case WITH_AGENT ->
                    tx.afterCommit(() -> {
                        if (connection != null) {
                            connection.send(new ToAgent.CancelAction(cancel.actionId()));
                        }
                        hints.actionsWait(Set.of(cancel.hostId()));
                    });
                case OVER -> {}
            }
        }
        if (!ends.isEmpty()) {
            actions.finish(tx, ends);
        }
    }
}
