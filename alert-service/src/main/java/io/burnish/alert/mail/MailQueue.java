package io.burnish.alert.mail;

import io.burnish.alert.alert.RaisedListener;
import io.burnish.alert.type.AlertType;
import io.burnish.kit.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/** Notes, with each alert, which users are to be told of it: those who are subscribed to its class now. */
@ApplicationScoped
class MailQueue implements RaisedListener {

    private final MailSettings settings;
    private final MailWorker worker;

    MailQueue(MailSettings settings, MailWorker worker) {
        this.settings = settings;
        this.worker = worker;
    }

    @Override
    public void raised(Tx tx, long alertId, AlertType type) {
        if (settings.enabled() && type.mailed() && tx.update("""
                                INSERT INTO mail_alert (alert_id, user_id)
                                SELECT DISTINCT $1::bigint, s.user_id FROM alert_subscription s WHERE s.type_id = $2
                                ON CONFLICT DO NOTHING""", alertId, (long) type.id()) > 0) {
            tx.afterCommit(worker::wake);
        }
    }
}
