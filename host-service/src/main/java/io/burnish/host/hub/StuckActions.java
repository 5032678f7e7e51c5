package io.burnish.host.hub;

import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Actions whose outcome will not come by itself, and what is said about them instead.
 *
 * <p>Unreachable is said only of an action that was never handed over, in the transaction that makes sure it never will be. Of one that
 * was handed over it is not known whether it ran: it fails, and the sentence says so.
 */
@ApplicationScoped
class StuckActions {

    private static final int AT_ONCE = 500;
    private static final String FIND = """
            SELECT a.id, a.host_id, a.body ->> 'action' AS action, a.deadline_seconds, a.state = 'delivered' AS delivered,
                s.instance IS NOT NULL AS connected,
                coalesce((SELECT c.fqdn FROM agent_certificate c WHERE c.host_id = a.host_id ORDER BY c.created_at DESC LIMIT 1),
                    'number ' || a.host_id) AS fqdn
            FROM agent_action a LEFT JOIN agent_session s ON s.host_id = a.host_id
            WHERE %s
            ORDER BY a.sequence LIMIT 500 FOR UPDATE OF a SKIP LOCKED""";
    private static final String UNDELIVERABLE = FIND.formatted("""
            a.state = 'pending' AND s.instance IS NULL
                AND greatest(a.accepted_at, (SELECT started_at FROM hub_instance WHERE id = $2)) < now() - make_interval(secs => $1)""");
    private static final String OVERDUE = FIND.formatted("""
            a.state = 'delivered'
                AND greatest(a.delivered_at, (SELECT started_at FROM hub_instance WHERE id = $2)) < now()
                    - make_interval(secs => a.deadline_seconds + CASE WHEN s.instance IS NULL THEN $1 ELSE 2 * $1 END)""");
    private static final String OF_HOST = FIND.formatted("a.state <> 'finished' AND a.host_id = $1");

    private final ActionStore actions;
    private final Connections connections;
    private final HubSettings settings;

    StuckActions(ActionStore actions, Connections connections, HubSettings settings) {
        this.actions = actions;
        this.connections = connections;
        this.settings = settings;
    }

    private record Stuck(
            String id, long hostId, String fqdn, String action, int deadline, boolean delivered, boolean connected) {}

    /** Ends what could not be handed over since its acceptance or this instance's start. */
    void endUndeliverable(Tx tx) {
        Duration after = settings.unreachableAfter();
        end(
                tx,
                tx.query(UNDELIVERABLE, seconds(after), connections.instance()),
                stuck -> new ActionOutcome.Unreachable(noSession(stuck, after)));
    }

    private static String noSession(Stuck stuck, Duration after) {
        return "Could not contact server %s no session after %d seconds".formatted(stuck.fqdn(), after.toSeconds());
    }

    /**
     * Ends what a silent server has not answered in time; of a connected server, asks for the end first and waits as long again.
     */
    void endOverdue(Tx tx) {
        double grace = seconds(settings.outcomeGrace());
        tx.update("""
                UPDATE agent_action SET cancelled = true
                WHERE state = 'delivered' AND NOT cancelled
                    AND delivered_at < now() - make_interval(secs => deadline_seconds + $1::double precision)""", grace);
        end(
                tx,
                tx.query(OVERDUE, grace, connections.instance()),
                stuck -> new ActionOutcome.Failed(overdue(stuck), null, List.of()));
    }

    private static String overdue(Stuck stuck) {
        String server = stuck.connected()
                ? "is connected but has not answered, not even when told to stop it"
                : "has been silent since";
        return ("Server %s got action %s and %s; its deadline of %d seconds has passed. Whether it took effect is not known: check the"
                        + " server and its agent's log, then try again.")
                .formatted(stuck.fqdn(), stuck.action(), server, stuck.deadline());
    }

    /** Ends everything of a server that is being removed. */
    void endAllOf(Tx tx, long hostId) {
        int ended;
        do {
            ended = end(tx, tx.query(OF_HOST, hostId), StuckActions::ofRemovedHost);
        } while (ended == AT_ONCE);
    }

    private static ActionOutcome ofRemovedHost(Stuck stuck) {
        if (!stuck.delivered()) {
            return new ActionOutcome.Unreachable(
                    "Could not contact server %s because it has been removed".formatted(stuck.fqdn()));
        }
        return new ActionOutcome.Failed(
                "Server %s was removed while it ran action %s: what became of the action is not known."
                        .formatted(stuck.fqdn(), stuck.action()),
                null,
                List.of());
    }

    private int end(Tx tx, Iterable<Row> rows, java.util.function.Function<Stuck, ActionOutcome> outcome) {
        List<ActionStore.End> ends = new ArrayList<>();
        for (Row row : rows) {
            Stuck stuck = new Stuck(
                    row.getString("id"),
                    row.getLong("host_id"),
                    row.getString("fqdn"),
                    row.getString("action"),
                    row.getInteger("deadline_seconds"),
                    row.getBoolean("delivered"),
                    row.getBoolean("connected"));
            ends.add(new ActionStore.End(stuck.id(), stuck.hostId(), outcome.apply(stuck)));
        }
        if (!ends.isEmpty()) {
            actions.finish(tx, ends);
        }
        return ends.size();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
