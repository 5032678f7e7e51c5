package io.burnish.alert.mail;

import io.burnish.alert.type.Severity;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.fact.Fact;
import io.burnish.contracts.fact.UserFact;
import io.burnish.kit.sql.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of mails. Times are the database's, so that instances need not agree on one. */
@ApplicationScoped
class MailStore {

    /** Settled mails are kept for a while, for whoever asks what was sent. */
    private static final String FORGET = "DELETE FROM mail WHERE settled_at < now() - interval '30 days'";

    /**
     * A mail that this process alone may try to send now.
     *
     * @param user the addressee; empty: there is no such user any more
     * @param alerts what to tell, worst first, then newest; those that were dismissed are left out
     */
    record Claimed(long id, long userId, int attempt, Optional<UserFact> user, List<MailText.Line> alerts) {}

    /** Puts waiting alerts into mails, one per user whose oldest has waited long enough. */
    void compose(Tx tx, Duration gather) {
        tx.query("SELECT pg_advisory_xact_lock(hashtext('burnish.mail.compose'))");
        tx.update("""
                WITH ready AS (
                    SELECT user_id FROM mail_alert WHERE mail_id IS NULL
                    GROUP BY user_id HAVING min(queued_at) <= now() - $1 * interval '1 millisecond'),
                made AS (INSERT INTO mail (user_id) SELECT user_id FROM ready RETURNING id, user_id)
                UPDATE mail_alert w SET mail_id = made.id FROM made WHERE w.user_id = made.user_id AND w.mail_id IS NULL""", (double) gather.toMillis());
        tx.update(FORGET);
    }

    /** The mail that is due longest, if any; nobody else gets it before the lease is over. */
    Optional<Claimed> claim(Tx tx, Duration lease) {
        return tx.first("""
                        UPDATE mail SET attempts = attempts + 1, due_at = now() + $1 * interval '1 millisecond'
                        WHERE id = (SELECT id FROM mail WHERE settled_at IS NULL AND due_at <= now()
                            ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING id, user_id, attempts""", (double) lease.toMillis())
                .map(row -> new Claimed(
                        row.getLong(0),
                        row.getLong(1),
                        row.getInteger(2),
                        user(tx, row.getLong(1)),
                        alerts(tx, row.getLong(0))));
    }

    private static Optional<UserFact> user(Tx tx, long id) {
        return tx.first("SELECT fact::text FROM neighbour WHERE ref = 'user:' || $1::bigint AND NOT gone", id)
                .map(row -> (UserFact) ContractJson.read(row.getString(0), Fact.class));
    }

    private static List<MailText.Line> alerts(Tx tx, long mail) {
        List<MailText.Line> lines = new ArrayList<>();
        for (Row row : tx.query("""
                SELECT a.begin_at, a.message, a.severity, a.active FROM mail_alert w JOIN alert a ON a.id = w.alert_id
                WHERE w.mail_id = $1 AND NOT a.dismissed ORDER BY a.severity DESC, a.begin_at DESC, a.id DESC""", mail)) {
            lines.add(new MailText.Line(
                    row.getOffsetDateTime(0).withOffsetSameInstant(java.time.ZoneOffset.UTC),
                    row.getString(1),
                    Severity.ofStored(row.getInteger(2)),
                    Boolean.TRUE.equals(row.getBoolean(3))));
        }
        return lines;
    }

    /** The server has taken it. */
    void sent(Tx tx, long id) {
        tx.update("UPDATE mail SET settled_at = now(), sent = true, error = NULL WHERE id = $1", id);
    }

    /** It is not tried any more. */
    void giveUp(Tx tx, long id, String why) {
        tx.update("UPDATE mail SET settled_at = now(), sent = false, error = $2 WHERE id = $1", id, why);
    }

    /** It is tried again after a pause. */
    void postpone(Tx tx, long id, Duration pause, String why) {
        tx.update(
                "UPDATE mail SET due_at = now() + $2 * interval '1 millisecond', error = $3 WHERE id = $1",
                id,
                (double) pause.toMillis(),
                why);
    }

    /** How long until there is something to do, as far as is known; negative or zero: there is something now. */
    Optional<Duration> untilNext(Tx tx, Duration gather) {
        Double seconds = tx.one("""
                        SELECT extract(epoch FROM least(
                            (SELECT min(due_at) FROM mail WHERE settled_at IS NULL),
                            (SELECT min(queued_at) + $1 * interval '1 millisecond' FROM mail_alert WHERE mail_id IS NULL))
                            - now())::float8""", (double) gather.toMillis()).getDouble(0);
        return Optional.ofNullable(seconds).map(time -> Duration.ofMillis((long) Math.ceil(time * 1000)));
    }
}
