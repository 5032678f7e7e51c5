package io.burnish.alert.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.burnish.platform.process.Ports;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to a mail server, and whom it is believed to be. */
class PostmanTest {

    private static final String SENDER = "burnish@lab.example";
    private static final String OLGA = "olga@lab.example";
    private static final MailText TEXT = new MailText("subject", "ä line\n.\n..more");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final int port = Ports.free(1).getFirst();
    private GreenMail server;

    @BeforeEach
    void open() {
        start(ServerSetup.PROTOCOL_SMTP);
    }

    private void start(String protocol) {
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", protocol));
        server.setUser(OLGA, "account", "secret");
        server.start();
    }

    @AfterEach
    void close() {
        server.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void manyMailsInARow() throws Exception {
        Postman postman = postman(Map.of("security", "none"));
        // virtual threads send, as in the service
        Thread sender = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 40; i++) {
                postman.send(i, OLGA, TEXT);
            }
        });
        sender.join();
        assertThat(server.getReceivedMessages()).hasSize(40).allSatisfy(mail -> {
            assertThat(mail.getContent().toString().replace("\r\n", "\n").strip())
                    .isEqualTo(TEXT.body());
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        });
        assertThat(server.getReceivedMessages()[7].getHeader("Message-ID"))
                .containsExactly("<burnish-alerts-7@lab.example>");
    }

    @Test
    void passwordComesFromItsFile() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "secret\n");
        postman(Map.of("security", "none", "user", "account", "password-file", secret.toString()))
                .send(1, OLGA, TEXT);
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void wrongPasswordIsSaidToBeWrongAndNotRepeated() {
        Postman postman = postman(Map.of("security", "none", "user", "account", "password", "hush"));
        assertThatThrownBy(() -> postman.send(1, OLGA, TEXT))
                .isInstanceOf(Postman.NotTakenException.class)
                .hasMessageContaining("535")
                .hasMessageNotContaining("hush");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void serverThatCannotDoTlsGetsNothing() {
        Postman postman = postman(Map.of("user", "account", "password", "secret"));
        assertThatThrownBy(() -> postman.send(1, OLGA, TEXT)).isInstanceOf(Postman.NotTakenException.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void nobodyAtThePortIsAnError() {
        server.stop();
        Postman postman = postman(Map.of("security", "none"));
        assertThatThrownBy(() -> postman.send(1, OLGA, TEXT))
                .isInstanceOf(Postman.NotTakenException.class)
                .hasMessageContaining("refused");
    }

    @Test
    void serverMustShowACertificateOfTheAuthority() {
        server.stop();
        start(ServerSetup.PROTOCOL_SMTPS);
        Postman postman = postman(Map.of("security", "tls"));
        assertThatThrownBy(() -> postman.send(1, OLGA, TEXT)).isInstanceOf(Postman.NotTakenException.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    private Postman postman(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "burnish.mail.host",
                "127.0.0.1",
                "burnish.mail.port",
                Integer.toString(port),
                "burnish.mail.from",
                SENDER));
        settings.forEach((name, value) -> all.put("burnish.mail." + name, value));
        MailSettings mapped = new SmallRyeConfigBuilder()
                .withMapping(MailSettings.class)
                .withDefaultValues(all)
                .build()
                .getConfigMapping(MailSettings.class);
        return new Postman(vertx, mapped);
    }
}
