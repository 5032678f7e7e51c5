package io.burnish.alert.mail;

import io.burnish.alert.alert.AlertStore;
import io.burnish.alert.mail.MailStore.Claimed;
import io.burnish.alert.rule.Item;
import io.burnish.alert.rule.Verdict;
import io.burnish.alert.type.AlertType;
import io.burnish.contracts.fact.UserFact;
import io.burnish.contracts.model.ObjectRef;
import io.burnish.contracts.model.ObjectType;
import io.burnish.kit.sql.Database;
import io.burnish.kit.sql.Tx;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * One attempt to send a mail, and what follows from it. A mail that the server has taken is noted as sent afterwards; whoever dies
 * between sends it again when the lease is over, so a mail arrives at least once. An address is in no log and no alert.
 */
@ApplicationScoped
class MailDelivery {

    private static final Logger LOG = Logger.getLogger(MailDelivery.class);
    private static final String MAILS = "burnish.mail";
    private static final int REASON_LIMIT = 200;
    /** Many servers refuse a stranger's first attempt: only from the second on is it a problem. */
    private static final int TROUBLE = 2;

    private final Database database;
    private final MailSettings settings;
    private final MailStore store;
    private final Postman postman;
    private final AlertStore alerts;
    private final MeterRegistry meters;
    private final AtomicBoolean failing = new AtomicBoolean();

    MailDelivery(
            Database database,
            MailSettings settings,
            MailStore store,
            Postman postman,
            AlertStore alerts,
            MeterRegistry meters) {
        this.database = database;
        this.settings = settings;
        this.store = store;
        this.postman = postman;
        this.alerts = alerts;
        this.meters = meters;
    }

    /** Tries to send a mail that this process has claimed. */
    void deliver(Claimed mail) {
        Optional<UserFact> addressee =
                mail.user().filter(user -> user.active() && !user.email().isBlank());
        if (addressee.isEmpty()) {
            drop(mail, "the user has no address, or is gone");
        } else if (mail.alerts().isEmpty()) {
            drop(mail, "all alerts were dismissed");
        } else {
            attempt(mail, addressee.get());
        }
    }

    private void drop(Claimed mail, String why) {
        database.run(tx -> store.giveUp(tx, mail.id(), why));
        count("dropped");
    }

    private void attempt(Claimed mail, UserFact user) {
        String url = settings.publicUrl().orElse("");
        try {
            postman.send(mail.id(), user.email(), MailText.of(settings.subjectPrefix(), url, mail.alerts()));
        } catch (RuntimeException e) {
            failed(mail, user, reason(e, user));
            return;
        }
        database.run(tx -> sent(tx, mail, user));
        count("sent");
        if (failing.compareAndSet(true, false)) {
            LOG.infof("mail goes through %s again", settings.server());
        }
    }

    private void sent(Tx tx, Claimed mail, UserFact user) {
        store.sent(tx, mail.id());
        alerts.apply(
                tx,
                List.of(new Verdict.Lower(
                        AlertType.MAIL_UNDELIVERABLE, item(user), "Mail reaches user " + user.username() + " again")));
    }

    private void failed(Claimed mail, UserFact user, String reason) {
        Optional<Duration> pause = new RetryPlan(settings.retryPause(), settings.attempts()).after(mail.attempt());
        database.run(tx -> {
            pause.ifPresentOrElse(
                    time -> store.postpone(tx, mail.id(), time, reason), () -> store.giveUp(tx, mail.id(), reason));
            if (mail.attempt() >= TROUBLE || pause.isEmpty()) {
                alerts.apply(tx, List.of(trouble(user, reason)));
            }
        });
        count("failed");
        if (failing.compareAndSet(false, true)) {
            LOG.warnf(
                    "mail to user %d was not taken by %s, will be tried again: %s",
                    user.id(), settings.server(), reason);
        }
        if (pause.isEmpty()) {
            count("given-up");
            LOG.errorf(
                    "mail %d to user %d about %d alerts is given up after %d attempts: %s",
                    mail.id(), user.id(), mail.alerts().size(), mail.attempt(), reason);
        }
    }

    private Verdict trouble(UserFact user, String reason) {
        return new Verdict.Raise(
                AlertType.MAIL_UNDELIVERABLE,
                item(user),
                "Mail about alerts does not reach user %s: %s answers: %s. It is tried %d times; check the user's address and the settings BURNISH_SMTP_*."
                        .formatted(user.username(), settings.server(), reason, settings.attempts()));
    }

    private static Item item(UserFact user) {
        return Item.of(new ObjectRef(ObjectType.USER, user.id()), user.username());
    }

    /** What the server or the network said, without the address. */
    private static String reason(RuntimeException e, UserFact user) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String clean = text.replace(user.email(), "(address)")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return clean.length() <= REASON_LIMIT ? clean : clean.substring(0, REASON_LIMIT) + "…";
    }

    private void count(String outcome) {
        meters.counter(MAILS, "outcome", outcome).increment();
    }
}
