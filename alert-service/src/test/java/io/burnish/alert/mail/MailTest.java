package io.burnish.alert.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.burnish.alert.MailServer;
import io.burnish.alert.Scene;
import io.burnish.contracts.fact.CommandFact;
import io.burnish.kit.security.Tokens;
import io.burnish.kit.sql.Database;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a fact to a mail, through a real mail server: who is subscribed is told once, whatever happens in between. */
@QuarkusTest
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(MailServer.class)
class MailTest {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    Tokens tokens;

    @Inject
    Database database;

    @Inject
    MailWorker worker;

    private Scene scene;
    private long host;
    private long user;

    @BeforeEach
    void open() {
        scene = new Scene(kafka, tokens);
        host = Scene.id();
        user = Scene.id();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void subscribedUserIsToldOnceOfAnAlert() throws Exception {
        scene.knownUser(user, address(user));
        long other = Scene.id();
        scene.knownUser(other, address(other));
        scene.subscribe(user, "HostContactAlert");
        scene.subscribe(user, "HostContactAlert");
        scene.subscribe(other, "TargetOfflineAlert");

        scene.seen(Scene.host(host, 1, true));
        scene.seen(Scene.host(host, 2, false));
        MimeMessage mail = awaitMails(user, 1).getFirst();
        assertThat(mail.getSubject()).isEqualTo("[Burnish] WARNING: Lost contact with host h" + host);
        assertThat(mail.getFrom()[0]).hasToString("burnish@lab.example");
        assertThat(mail.getContent().toString())
                .contains("UTC Lost contact with host h" + host + " (WARNING)")
                .contains("This alert is currently active.");
        assertThat(mail.getHeader("Message-ID")[0]).matches("<burnish-alerts-\\d+@lab.example>");

        // the same again, its end, and a new one: one more mail, and none about the end
        scene.seen(Scene.host(host, 3, false));
        scene.seen(Scene.host(host, 4, true));
        scene.awaitEnded("/api/host/" + host + "/", "HostContactAlert");
        scene.seen(Scene.host(host, 5, false));
        awaitMails(user, 2);
        awaitNothingWaits();
        assertThat(mails(user)).hasSize(2);
        assertThat(mails(other)).isEmpty();
    }

    @Test
    void mailWaitsForItsServerAndTheTroubleIsAnAlert() {
        scene.knownUser(user, address(user));
        scene.subscribe(user, "HostOfflineAlert");
        MailServer.present().away();
        try {
            scene.seen(Scene.host(host, 1, "managed", true, true));
            Map<String, Object> trouble = scene.awaitRaised("/api/user/" + user + "/", "MailUndeliverableAlert");
            assertThat(trouble.get("message").toString())
                    .startsWith("Mail about alerts does not reach user user" + user)
                    .contains("BURNISH_SMTP_")
                    .doesNotContain(address(user));
        } finally {
            MailServer.present().open();
        }
        awaitMails(user, 1);
        scene.awaitEnded("/api/user/" + user + "/", "MailUndeliverableAlert");
        awaitNothingWaits();
        assertThat(mails(user)).hasSize(1);
    }

    @Test
    void failedCommandIsMailedWhenItFailsAndARunningOneIsNot() throws Exception {
        scene.knownUser(user, address(user));
        scene.subscribe(user, "CommandErroredAlert");
        scene.subscribe(user, "CommandRunningAlert");
        scene.subscribe(user, "CommandSuccessfulAlert");
        long good = Scene.id();
        long bad = Scene.id();
        scene.asked(command(good, 1, false, false));
        scene.asked(command(bad, 1, false, false));
        scene.asked(command(good, 2, true, false));
        scene.asked(command(bad, 2, true, true));
        assertThat(awaitMails(user, 1).getFirst().getSubject())
                .isEqualTo("[Burnish] ERROR: Command Stop " + bad + " failed");
        awaitNothingWaits();
        assertThat(mails(user)).hasSize(1);
    }

    @Test
    void userWithoutAddressIsNoTrouble() {
        scene.knownUser(user, "");
        scene.subscribe(user, "HostOfflineAlert");
        scene.seen(Scene.host(host, 1, "managed", true, true));
        await().atMost(Scene.SOON)
                .until(() -> database.transaction(tx -> tx.first(
                                "SELECT 1 FROM mail WHERE user_id = $1 AND settled_at IS NOT NULL AND NOT sent", user)
                        .isPresent()));
        assertThat(scene.alerts("/api/user/" + user + "/", "MailUndeliverableAlert"))
                .isEmpty();
    }

    @Test
    void mailThatWasBeingSentWhenTheProcessDiedIsSentAfterTheLease() throws Exception {
        scene.knownUser(user, address(user));
        scene.subscribe(user, "HostContactAlert");
        scene.seen(Scene.host(host, 1, false));
        awaitMails(user, 1);
        awaitNothingWaits();
        // as a process leaves it that dies after the server took the mail, with a lease that has just ended
        database.run(tx ->
                tx.update("UPDATE mail SET settled_at = NULL, sent = NULL, due_at = now() WHERE user_id = $1", user));
        worker.wake();
        List<MimeMessage> twice = awaitMails(user, 2);
        String id = twice.getFirst().getHeader("Message-ID")[0];
        assertThat(twice).extracting(mail -> mail.getHeader("Message-ID")[0]).containsOnly(id);
    }

    private static CommandFact command(long id, long version, boolean complete, boolean errored) {
        return new CommandFact(id, version, "Stop " + id, complete, errored, false, Instant.now());
    }

    private static String address(long user) {
        return "user" + user + "@lab.example";
    }

    private static List<MimeMessage> mails(long user) {
        return MailServer.present().to(address(user));
    }

    private static List<MimeMessage> awaitMails(long user, int number) {
        await().atMost(Scene.SOON).until(() -> mails(user).size() >= number);
        return mails(user);
    }

    private void awaitNothingWaits() {
        await().atMost(Scene.SOON)
                .until(() -> database.transaction(tx -> tx.one("""
                        SELECT NOT EXISTS (SELECT 1 FROM mail WHERE user_id = $1 AND settled_at IS NULL)
                            AND NOT EXISTS (SELECT 1 FROM mail_alert WHERE user_id = $1 AND mail_id IS NULL)""", user).getBoolean(0)));
    }
}
