package io.burnish.host.hub;

import io.burnish.contracts.ContractJson;
import io.burnish.contracts.ServiceName;
import io.burnish.contracts.agent.ActionCommand;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.contracts.agent.ActionResult;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The actions for agents, in the table {@code agent_action}.
 *
 * <p>States: {@code pending} (certainly not with the agent), {@code delivered} (perhaps with the agent: noted before the first byte is
 * sent), {@code finished}. Only the transition to {@code finished} publishes an outcome, and it happens once per id.
 */
@ApplicationScoped
class ActionStore {

    private static final String ADD = """
            INSERT INTO agent_action (id, host_id, reply_to, job, body, state, deadline_seconds, session_id, delivered_at)
            SELECT id, host_id, reply_to, job::jsonb, body::jsonb, CASE WHEN session IS NULL THEN 'pending' ELSE 'delivered' END,
                deadline, session, CASE WHEN session IS NULL THEN NULL ELSE now() END
            FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::int[], $7::text[])
                AS u (id, host_id, reply_to, job, body, deadline, session)
            ON CONFLICT (id) DO NOTHING RETURNING id""";

    private static final String FINISH = """
            UPDATE agent_action a SET state = 'finished', finished_at = now(), outcome_kind = u.kind, body = NULL
            FROM unnest($1::text[], $2::bigint[], $3::text[]) AS u (id, host_id, kind)
            WHERE a.id = u.id AND a.host_id = u.host_id AND a.state <> 'finished'
            RETURNING a.id, a.reply_to, a.job::text AS job""";

    private static final String CLAIM = """
            UPDATE agent_action a SET state = 'delivered', session_id = s.session_id,
                delivered_at = CASE WHEN a.session_id IS DISTINCT FROM s.session_id THEN now() ELSE a.delivered_at END,
                cancel_session = CASE WHEN a.cancelled THEN s.session_id END
            FROM agent_session s
            WHERE s.host_id = a.host_id AND s.instance = $1 AND ($2::bigint IS NULL OR s.host_id = $2) AND a.state <> 'finished'
                AND (a.session_id IS DISTINCT FROM s.session_id
                    OR (a.cancelled AND a.cancel_session IS DISTINCT FROM s.session_id))
            RETURNING a.sequence, a.body::text AS body, a.session_id, a.cancelled, a.delivered_at = now() AS fresh""";

    /**
     * An action, and perhaps its cancellation, to be sent in a session.
     *
     * @param fresh the action itself is to be sent
     */
    record Handover(ActionCommand.Run action, String sessionId, boolean fresh, boolean cancelled) {}

    /** The end of an action. */
    record End(String actionId, long hostId, ActionOutcome outcome) {}

    /**
     * Adds actions, delivered where a session is given for the server, and returns those that were added: an id that is known is
     * the same action again.
     */
    Set<String> add(Tx tx, List<ActionCommand.Run> actions, Function<ActionCommand.Run, String> session) {
        Set<String> added = new HashSet<>();
        for (Row row : tx.query(
                ADD,
                column(actions, ActionCommand.Run::actionId),
                actions.stream().map(ActionCommand.Run::hostId).toArray(Long[]::new),
                column(actions, action -> action.replyTo().wire()),
                column(actions, action -> action.job() == null ? null : ContractJson.text(action.job())),
                column(actions, action -> ContractJson.text((Object) action)),
                actions.stream().map(ActionCommand.Run::deadlineSeconds).toArray(Integer[]::new),
                column(actions, session))) {
            added.add(row.getString(0));
        }
        return added;
    }

    /** What became of a wish to cancel. */
    enum Cancellation {
        /** The action was not with the agent: it never will be, and its outcome is to be told. */
        NOT_DELIVERED,
        /** The agent has to be told. */
        WITH_AGENT,
        /** There is nothing to cancel any more. */
        OVER
    }

    /** Notes that an action shall be cancelled; {@code session} is told by the caller after the commit if it holds the action. */
    Cancellation cancel(Tx tx, String actionId, String session) {
        return tx.first("""
                        UPDATE agent_action SET cancelled = true,
                            cancel_session = CASE WHEN session_id = $2 THEN $2 ELSE cancel_session END
                        WHERE id = $1 AND state <> 'finished' RETURNING state""", actionId, session)
                .map(row -> row.getString(0).equals("pending") ? Cancellation.NOT_DELIVERED : Cancellation.WITH_AGENT)
                .orElse(Cancellation.OVER);
    }

    /** Takes what this instance's sessions have not been handed yet, oldest first; {@code hostId} may be {@code null}: all. */
    List<Handover> claim(Tx tx, String instance, Long hostId) {
        Map<Long, Handover> claimed = new java.util.TreeMap<>();
        for (Row row : tx.query(CLAIM, instance, hostId)) {
            claimed.put(
                    row.getLong("sequence"),
                    new Handover(
                            ContractJson.read(row.getString("body"), ActionCommand.Run.class),
                            row.getString("session_id"),
                            row.getBoolean("fresh"),
                            row.getBoolean("cancelled")));
        }
        return List.copyOf(claimed.values());
    }

    /** Those of the ids that are not finished. */
    Set<String> unfinished(Tx tx, long hostId, Collection<String> ids) {
        Set<String> unfinished = new HashSet<>();
        for (Row row : tx.query(
                "SELECT id FROM agent_action WHERE id = ANY($1) AND host_id = $2 AND state <> 'finished'",
                ids.toArray(String[]::new),
                hostId)) {
            unfinished.add(row.getString(0));
        }
        return unfinished;
    }

    /** Ends actions, publishing the outcome of each that had not ended; of several ends of one action the first counts. */
    void finish(Tx tx, List<End> ends) {
        Map<String, End> byId = new LinkedHashMap<>();
        ends.forEach(end -> byId.putIfAbsent(end.actionId(), end));
        List<End> distinct = List.copyOf(byId.values());
        for (Row row : tx.query(
                FINISH,
                column(distinct, End::actionId),
                distinct.stream().map(End::hostId).toArray(Long[]::new),
                column(distinct, end -> end.outcome().getClass().getSimpleName()))) {
            End end = byId.get(row.getString("id"));
            String job = row.getString("job");
            tx.publish(Outgoing.result(new ActionResult.Finished(
                    end.actionId(),
                    end.hostId(),
                    ServiceName.of(row.getString("reply_to")),
                    end.outcome(),
                    job == null ? null : ContractJson.read(job, ActionCommand.JobStep.class))));
        }
    }

    /** Forgets long finished actions; returns how many. */
    int sweep(Tx tx, double keepSeconds, int atOnce) {
        return tx.update("""
                DELETE FROM agent_action WHERE id IN (SELECT id FROM agent_action
                    WHERE state = 'finished' AND finished_at < now() - make_interval(secs => $1) LIMIT $2)""", keepSeconds, (long) atOnce);
    }

    private static <T> String[] column(List<T> values, Function<T, String> value) {
        return values.stream().map(value).toArray(String[]::new);
    }
}
