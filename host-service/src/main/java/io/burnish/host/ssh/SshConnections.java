package io.burnish.host.ssh;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Opens SSH connections. The key that a server shows at the first successful login is kept; a server that shows another one later gets
 * no credentials and the connection fails ({@link SshFailure.Kind#HOST_KEY_CHANGED}).
 */
@ApplicationScoped
public class SshConnections {

    private static final AttributeKey<KeyCheck> CHECK = new AttributeKey<>();
    private static final int NO_MORE_METHODS = SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE;
    /** A server that dies during a command is noticed. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** What a server's key should be, and was. Kept beside the session, which forgets its attributes when it is closed. */
    private static final class KeyCheck {
        /** {@code null}: any. */
        private final String expected;

        private volatile String shown;

        KeyCheck(String expected) {
            this.expected = expected;
        }

        boolean right() {
            return expected == null || shown == null || expected.equals(shown);
        }
    }

    private final SshHosts hosts;
    private final SshHostKeys hostKeys;
    private final Path ownKeys;
    private SshClient client;

    SshConnections(
            SshHosts hosts, SshHostKeys hostKeys, @ConfigProperty(name = "burnish.ssh.keys") Optional<Path> ownKeys) {
        this.hosts = hosts;
        this.hostKeys = hostKeys;
        this.ownKeys = ownKeys.orElseGet(() -> Path.of(System.getProperty("user.home"), ".ssh"));
    }

    synchronized void stop(@Observes ShutdownEvent shutdown) {
        if (client != null) {
            client.stop();
        }
    }

    /**
     * Connects and logs in. Blocks.
     *
     * @param timeout of the connection and, again, of the login
     */
    public SshConnection open(SshAddress address, SshCredentials credentials, Duration timeout) throws SshFailure {
        InetSocketAddress socket = hosts.resolve(address.host(), address.port())
                .orElseThrow(() -> new SshFailure(
                        SshFailure.Kind.UNRESOLVED,
                        "The name %s cannot be resolved by the manager. Correct the address, or make the name known to it."
                                .formatted(address.host()),
                        null));
        List<KeyPair> keys = keys(credentials);
        String expected = credentials.acceptNewHostKey()
                ? null
                : hostKeys.pinned(address.endpoint()).orElse(null);
        KeyCheck check = new KeyCheck(expected);
        ClientSession session = connect(address, socket, check, timeout);
        try {
            logIn(session, check, address, credentials, keys, timeout);
            return new SshConnection(session, address);
        } catch (SshFailure | RuntimeException e) {
            session.close(true);
            throw e;
        }
    }

    private List<KeyPair> keys(SshCredentials credentials) throws SshFailure {
        if (credentials.privateKey() != null) {
            return PrivateKeys.of(credentials.privateKey(), credentials.passphrase());
        }
        return credentials.password() != null ? List.of() : PrivateKeys.in(ownKeys);
    }

    /** What is expected goes with the connection: its key may be checked before this method has returned. */
    private ClientSession connect(SshAddress address, InetSocketAddress socket, KeyCheck check, Duration timeout)
            throws SshFailure {
        AttributeRepository context = AttributeRepository.ofKeyValuePair(CHECK, check);
        try {
            return started()
                    .connect(address.user(), socket, context)
                    .verify(timeout)
                    .getSession();
        } catch (IOException e) {
            throw new SshFailure(
                    SshFailure.Kind.UNREACHABLE,
                    "%s (%s) does not answer on its SSH port within %d s: %s. Check that the server runs and lets the manager in."
                            .formatted(address.host(), socket, timeout.toSeconds(), e.getMessage()),
                    e);
        }
    }

    private void logIn(
            ClientSession session,
            KeyCheck check,
            SshAddress address,
            SshCredentials credentials,
            List<KeyPair> keys,
            Duration timeout)
            throws SshFailure {
        keys.forEach(session::addPublicKeyIdentity);
        if (credentials.password() != null) {
            session.addPasswordIdentity(credentials.password());
        }
        try {
            session.auth().verify(timeout);
        } catch (IOException e) {
            throw notLoggedIn(check, address, e);
        }
        String shown = check.shown;
        String counts = hostKeys.pin(address.endpoint(), shown, credentials.acceptNewHostKey());
        if (!counts.equals(shown)) {
            throw changed(address, null);
        }
    }

    private static SshFailure notLoggedIn(KeyCheck check, SshAddress address, IOException cause) {
        if (!check.right()) {
            return changed(address, cause);
        }
        if (cause instanceof SshException ssh && ssh.getDisconnectCode() == NO_MORE_METHODS) {
            return new SshFailure(
                    SshFailure.Kind.REFUSED,
                    "%s does not let %s in with these credentials. Check the password or key, and that the server allows such logins."
                            .formatted(address.endpoint(), address.user()),
                    cause);
        }
        return new SshFailure(
                SshFailure.Kind.BROKEN,
                "The SSH login at %s did not come to an end: %s. Check the server's SSH service."
                        .formatted(address, cause.getMessage()),
                cause);
    }

    private static SshFailure changed(SshAddress address, IOException cause) {
        return new SshFailure(
                SshFailure.Kind.HOST_KEY_CHANGED,
                ("%s shows another SSH host key than at the first contact, so no credentials were sent to it. Either it was"
                                + " reinstalled, or somebody is in between. If you know that it was reinstalled, repeat the"
                                + " request with \"accept_new_host_key\": true.")
                        .formatted(address.endpoint()),
                cause);
    }

    private synchronized SshClient started() {
        if (client == null) {
            SshClient made = SshClient.setUpDefaultClient();
            made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
            made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
            made.setServerKeyVerifier(SshConnections::verify);
            CoreModuleProperties.HEARTBEAT_INTERVAL.set(made, HEARTBEAT);
            made.start();
            client = made;
        }
        return client;
    }

    private static boolean verify(ClientSession session, SocketAddress server, PublicKey key) {
        KeyCheck check = session.getConnectionContext().getAttribute(CHECK);
        check.shown = PublicKeyEntry.toString(key);
        return check.right();
    }
}
