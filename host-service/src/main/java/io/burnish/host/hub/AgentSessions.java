package io.burnish.host.hub;

import io.burnish.contracts.agent.ActionResult;
import io.burnish.contracts.agent.FromAgent;
import io.burnish.host.spi.HostContacts;
import io.burnish.kit.execution.SessionDirectory;
import io.burnish.kit.execution.StepScript;
import io.burnish.kit.messaging.Outgoing;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest session of each server, in the table {@code agent_session}: one live session per server in the whole installation, a newer
 * one replaces the older.
 *
 * <p>A session is live while its instance is alive. Contact outlasts a session: it is lost only when no new session has come for the
 * contact timeout.
 */
@ApplicationScoped
class AgentSessions implements SessionDirectory {

    /** An instance that has not been seen for this long is dead. */
    private static final int INSTANCE_LEASE_SECONDS = 10;

    private static final int LOST_AT_ONCE = 200;

    private final Connections connections;
    private final Instance<HostContacts> contacts;

    AgentSessions(Connections connections, @Any Instance<HostContacts> contacts) {
        this.connections = connections;
        this.contacts = contacts;
    }

    @Override
    public Optional<StepScript.Session> current(Tx tx, long hostId) {
        return tx.first("""
                        SELECT s.epoch, s.boot_id FROM agent_session s JOIN hub_instance i ON i.id = s.instance
                        WHERE s.host_id = $1 AND i.seen_at > now() - make_interval(secs => $2)""", hostId, (double) INSTANCE_LEASE_SECONDS)
                .map(row -> new StepScript.Session(row.getString(0), row.getString(1)));
    }

    /** This instance is alive. */
    void beat(Tx tx) {
        tx.update("""
                INSERT INTO hub_instance (id) VALUES ($1)
                ON CONFLICT (id) DO UPDATE SET seen_at = now()""", connections.instance());
    }

    /** Makes the connection the server's session and tells those who wait for it. */
    void open(Tx tx, AgentConnection connection, FromAgent.Hello hello) {
        long hostId = connection.hostId();
        Optional<Row> former =
                tx.first("SELECT boot_id, in_contact FROM agent_session WHERE host_id = $1 FOR UPDATE", hostId);
        tx.update(
                """
                INSERT INTO agent_session AS s
                    (host_id, session_id, epoch, boot_id, boot_time, agent_version, instance, in_contact)
                VALUES ($1, $2, $3, $4, $5, $6, $7, true)
                ON CONFLICT (host_id) DO UPDATE SET session_id = excluded.session_id, epoch = excluded.epoch,
                    boot_id = excluded.boot_id, boot_time = excluded.boot_time, agent_version = excluded.agent_version,
                    instance = excluded.instance, in_contact = true, connected_at = now(), disconnected_at = NULL""",
                hostId,
                connection.sessionId(),
                hello.agentEpoch(),
                hello.bootId(),
                hello.bootTime() == null ? null : hello.bootTime().atOffset(ZoneOffset.UTC),
                hello.agentVersion(),
                connections.instance());
        if (!former.map(row -> row.getBoolean("in_contact")).orElse(false)) {
            contacts.forEach(contact -> contact.contactChanged(tx, hostId, true));
        }
        if (!former.map(row -> row.getString("boot_id").equals(hello.bootId())).orElse(false)) {
            contacts.forEach(contact -> contact.booted(tx, hostId, hello.bootId(), hello.bootTime()));
        }
        tx.publish(Outgoing.result(new ActionResult.SessionOpened(hostId, hello.agentEpoch(), hello.bootId())));
    }

    /** A session has ended, unless another has taken its place. */
    void close(Tx tx, String sessionId, Duration silentFor) {
        tx.update("""
                UPDATE agent_session SET instance = NULL, disconnected_at = now() - make_interval(secs => $2)
                WHERE session_id = $1 AND instance IS NOT NULL""", sessionId, silentFor.toMillis() / 1000.0);
    }

    /** Forgets a removed server. */
    void forget(Tx tx, long hostId) {
        tx.update("DELETE FROM agent_session WHERE host_id = $1", hostId);
        tx.update("DELETE FROM agent_report WHERE host_id = $1", hostId);
    }

    /** Sessions of dead instances have ended; dead instances are forgotten. */
    void buryDeadInstances(Tx tx) {
        tx.update("DELETE FROM hub_instance WHERE seen_at < now() - make_interval(secs => $1)", (double)
                INSTANCE_LEASE_SECONDS);
        tx.update("""
                UPDATE agent_session SET instance = NULL, disconnected_at = now()
                WHERE instance IS NOT NULL AND instance NOT IN (SELECT id FROM hub_instance)""");
    }

    /** Servers without a session for the timeout have lost contact. */
    void loseSilent(Tx tx, Duration timeout) {
        for (Row row : tx.query("""
                UPDATE agent_session SET in_contact = false WHERE host_id IN (
                    SELECT host_id FROM agent_session
                    WHERE instance IS NULL AND in_contact AND disconnected_at < now() - make_interval(secs => $1)
                    ORDER BY host_id LIMIT $2 FOR UPDATE SKIP LOCKED)
                RETURNING host_id""", timeout.toMillis() / 1000.0, (long) LOST_AT_ONCE)) {
            long hostId = row.getLong(0);
            contacts.forEach(contact -> contact.contactChanged(tx, hostId, false));
        }
    }

    /** The sessions that the table says this instance holds: session to server. */
    Map<String, Long> held(Tx tx) {
        Map<String, Long> held = new HashMap<>();
        for (Row row :
                tx.query("SELECT session_id, host_id FROM agent_session WHERE instance = $1", connections.instance())) {
            held.put(row.getString(0), row.getLong(1));
        }
        return held;
    }
}
