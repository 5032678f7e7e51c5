package io.burnish.alert.mail;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hands mails to the mail server. */
@ApplicationScoped
class Postman {

    /** Nothing takes longer: a mail is sent, or has failed, after that. */
    static final Duration LIMIT = Duration.ofMinutes(1);

    private static final int CONNECT_MILLIS = 15_000;

    private final Vertx vertx;
    private final MailSettings settings;
    private MailClient client;
    private Context loop;

    Postman(Vertx vertx, MailSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
    }

    /**
     * Sends a mail and returns once the server has taken the responsibility for it. Blocks: for virtual threads.
     *
     * @param id the same whenever the same mail is sent again, so that mail programs can tell
     * @throws NotTakenException if the server did not take it
     */
    void send(long id, String to, MailText text) {
        String sender = settings.sender();
        MailMessage message = new MailMessage(sender, to, text.subject(), text.body());
        message.setHeaders(MultiMap.caseInsensitiveMultiMap()
                .add("Message-ID", "<burnish-alerts-%d@%s>".formatted(id, domain(sender)))
                // no holiday notices
                .add("Auto-Submitted", "auto-generated"));
        hand(message);
    }

    /**
     * Everything happens on the client's event loop: begun from another thread, the server's greeting may come before anybody listens,
     * and both sides wait for each other.
     */
    private void hand(MailMessage message) {
        Promise<MailResult> taken = Promise.promise();
        MailClient present = client();
        loop.runOnContext(nothing -> present.sendMail(message).onComplete(taken));
        try {
            taken.future().toCompletionStage().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new NotTakenException(e.getCause());
        } catch (TimeoutException e) {
            throw new NotTakenException(new TimeoutException("no answer within " + LIMIT.toSeconds() + " seconds"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotTakenException(e);
        }
    }

    /** The mail server did not take a mail; the cause says why. */
    static final class NotTakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotTakenException(Throwable cause) {
            super(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
        }
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
    }

    private synchronized MailClient client() {
        if (client == null) {
            client = MailClient.create(vertx, config());
            loop = vertx.getOrCreateContext();
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
