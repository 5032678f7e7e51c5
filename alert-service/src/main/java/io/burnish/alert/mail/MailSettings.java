package io.burnish.alert.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Mail about alerts (monitoring 4). Without a server there is none. */
@ConfigMapping(prefix = "burnish.mail")
public interface MailSettings {

    /** Mail server; none: no mail is sent. */
    Optional<String> host();

    /** Port of the mail server. */
    @WithDefault("25")
    int port();

    /** How the connection is protected. */
    @WithDefault("starttls")
    Security security();

    /** Account at the mail server; none: no log-in. */
    Optional<String> user();

    /** Password of the account. */
    Optional<String> password();

    /** File that holds the password, in place of {@link #password()}. */
    Optional<Path> passwordFile();

    /** Certificates (PEM) that the mail server is verified with, in place of those that Java trusts. */
    Optional<Path> caFile();

    /** Sender. Without one: {@code noreply@} and the name of this machine. */
    Optional<String> from();

    /** How subjects begin. */
    @WithDefault("[Burnish]")
    String subjectPrefix();

    /** Where the installation is found; printed in mails. */
    Optional<String> publicUrl();

    /** How long an alert waits for others that are told in the same mail. */
    @WithDefault("PT5S")
    Duration gather();

    /** Pause after the first failure; it doubles with each further one, up to an hour. */
    @WithDefault("PT30S")
    Duration retryPause();

    /** Attempts before a mail is given up: 14 are about seven hours. */
    @WithDefault("14")
    int attempts();

    /** Protection of the connection. */
    enum Security {
        /** None: for a relay on this machine. */
        NONE,
        /** Begins in clear text and must switch to TLS. */
        STARTTLS,
        /** TLS from the beginning. */
        TLS
    }

    /** Whether mail is sent at all. */
    default boolean enabled() {
        return host().filter(name -> !name.isBlank()).isPresent();
    }

    /** The mail server as it is called in sentences. */
    default String server() {
        return host().orElse("") + ":" + port();
    }

    /** The sender's address. */
    default String sender() {
        return from().filter(text -> !text.isBlank()).orElseGet(() -> "noreply@" + machine());
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
