package io.burnish.alert;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.burnish.platform.process.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A mail server beside the service. It can be away, and is back at the same port. */
public final class MailServer implements QuarkusTestResourceLifecycleManager {

    private static final AtomicReference<MailServer> PRESENT = new AtomicReference<>();

    private final ServerSetup smtp = new ServerSetup(Ports.free(1).getFirst(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    private GreenMail server;

    @Override
    public Map<String, String> start() {
        PRESENT.set(this);
        open();
        return Map.of(
                "burnish.subscription.patience",
                "PT10S",
                "burnish.mail.host",
                "127.0.0.1",
                "burnish.mail.port",
                Integer.toString(smtp.getPort()),
                "burnish.mail.security",
                "none",
                "burnish.mail.from",
                "burnish@lab.example",
                "burnish.mail.gather",
                "PT0.2S",
                "burnish.mail.retry-pause",
                "PT0.1S",
                "burnish.mail.attempts",
                "1000");
    }

    public static MailServer present() {
        return PRESENT.get();
    }

    public void open() {
        server = new GreenMail(smtp);
        server.start();
    }

    /** Nobody answers at the port any more; what was received is forgotten. */
    public void away() {
        server.stop();
    }

    /** Mails to an address, in the order of their arrival. */
    public List<MimeMessage> to(String address) {
        return Arrays.stream(server.getReceivedMessages())
                .filter(message -> isFor(message, address))
                .toList();
    }

    private static boolean isFor(MimeMessage message, String address) {
        try {
            return Arrays.stream(message.getRecipients(Message.RecipientType.TO))
                    .anyMatch(to -> to.toString().equals(address));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void stop() {
        server.stop();
    }
}
