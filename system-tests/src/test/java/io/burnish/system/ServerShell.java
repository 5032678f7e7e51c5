package io.burnish.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;

/** Root's shell on a simulated server, as the administrator has it who pastes the installer's line. */
final class ServerShell {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private ServerShell() {}

    /**
     * Runs a line; returns what it printed.
     *
     * @param addresses file of the simulator: {@code address:port} of each server's SSH
     * @throws AssertionError if its exit status is not 0
     */
    static String run(Path addresses, String server, String password, String line) throws IOException {
        String address =
                new ObjectMapper().readTree(addresses.toFile()).path(server).asText();
        String[] parts = address.split(":");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier((session, remote, key) -> true);
        client.start();
        try (ClientSession session = client.connect("root", parts[0], Integer.parseInt(parts[1]))
                .verify(LIMIT)
                .getSession()) {
            session.addPasswordIdentity(password);
            session.auth().verify(LIMIT);
            try (ChannelExec channel = session.createExecChannel(line)) {
                channel.setOut(out);
                channel.setErr(err);
                channel.open().verify(LIMIT);
                channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), LIMIT);
                if (!Integer.valueOf(0).equals(channel.getExitStatus())) {
                    throw new AssertionError("%s: %s ended with %s: %s"
                            .formatted(server, line, channel.getExitStatus(), err.toString(StandardCharsets.UTF_8)));
                }
            }
        } finally {
            client.stop();
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
