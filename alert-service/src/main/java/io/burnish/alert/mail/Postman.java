package io.burnish.alert.mail;

import io.burnish.kit.sql.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Hands mails to the mail server. */
@ApplicationScoped
class Postman {

    /** Nothing takes longer: a mail is sent, or has failed, after that. */
    static final Duration LIMIT = Duration.ofMinutes(1);

    private static final int CONNECT_MILLIS = 15_000;

    private final Vertx vertx;
    private final MailSettings settings;
    private MailClient client;

    Postman(Vertx vertx, MailSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
    }

    /**
     * Sends a mail and returns once the server has taken the responsibility for it. Blocks: for virtual threads.
     *
     * @param id the same whenever the same mail is sent again, so that mail programs can tell
     * @throws RuntimeException if the server did not take it
     */
    void send(long id, String to, MailText text) {
        String sender = settings.sender();
        MailMessage message = new MailMessage(sender, to, text.subject(), text.body());
        message.setHeaders(MultiMap.caseInsensitiveMultiMap()
                .add("Message-ID", "<burnish-alerts-%d@%s>".formatted(id, domain(sender)))
                // no holiday notices
                .add("Auto-Submitted", "auto-generated"));
        Database.await(client().sendMail(message).timeout(LIMIT.toSeconds(), TimeUnit.SECONDS));
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
    }

    private synchronized MailClient client() {
        if (client == null) {
            client = MailClient.create(vertx, config());
        }
        return client;
    }

    private MailConfig config() {
        MailConfig config = new MailConfig()
                .setHostname(settings.host().orElseThrow())
                .setPort(settings.port())
                .setSsl(settings.security() == MailSettings.Security.TLS)
                .setStarttls(
                        settings.security() == MailSettings.Security.STARTTLS
                                ? StartTLSOptions.REQUIRED
                                : StartTLSOptions.DISABLED)
                .setLogin(settings.user().isPresent() ? LoginOption.REQUIRED : LoginOption.DISABLED)
                .setKeepAlive(false);
        config.setConnectTimeout(CONNECT_MILLIS);
        config.setHostnameVerificationAlgorithm("HTTPS");
        settings.user().ifPresent(config::setUsername);
        settings.passwordFile().map(Postman::secret).or(settings::password).ifPresent(config::setPassword);
        settings.caFile().ifPresent(file -> config.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        return config;
    }

    private static String secret(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the password of the mail account from " + file, e);
        }
    }

    synchronized void close(@Observes ShutdownEvent shutdown) {
        if (client != null) {
            client.close();
        }
    }
}
