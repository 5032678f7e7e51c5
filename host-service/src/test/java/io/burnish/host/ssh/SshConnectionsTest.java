package io.burnish.host.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.burnish.host.hub.HubTestProfile;
import io.burnish.host.registration.CommandNeighbour;
import io.burnish.testsupport.PlatformTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@TestProfile(HubTestProfile.class)
@QuarkusTestResource(PlatformTestResource.class)
@QuarkusTestResource(value = CommandNeighbour.class, restrictToAnnotatedClass = true)
class SshConnectionsTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final SshCredentials PASSWORD = new SshCredentials("right", null, null, false);

    private final SshConnections connections;
    private final String host = "oss-" + UUID.randomUUID() + ".lab";

    @TempDir
    private Path directory;

    SshConnectionsTest(SshConnections connections) {
        this.connections = connections;
    }

    private SshServerInTest server(String hostKey, String user, PublicKey key, Function<String, SshResult> shell)
            throws IOException {
        SshServerInTest server = new SshServerInTest(directory.resolve(hostKey), user, "right", key, shell);
        CommandNeighbour.listHost(host, server.port());
        return server;
    }

    private SshServerInTest server(String hostKey) throws IOException {
        return server(hostKey, "root", null, line -> new SshResult(0, "", ""));
    }

    private SshConnection open(SshCredentials credentials) throws SshFailure {
        return open("root", credentials);
    }

    private SshConnection open(String user, SshCredentials credentials) throws SshFailure {
        return connections.open(SshAddress.parse(user + "@" + host).orElseThrow(), credentials, SOON);
    }

    @Test
    void aCommandGivesItsExitStatusAndBothStreams() throws Exception {
        try (SshServerInTest server = server("k", "root", null, line -> new SshResult(3, "out " + line, "err"));
                SshConnection connection = open(PASSWORD)) {
            assertThat(connection.run("do it", SOON)).isEqualTo(new SshResult(3, "out do it", "err"));
            assertThat(connection.run("again", SOON).stdout()).isEqualTo("out again");
            assertThat(server.commands()).containsExactly("do it", "again");
        }
    }

    @Test
    void commandsOfOthersThanRootRunBySudo() throws Exception {
        try (SshServerInTest server = server("k", "admin", null, line -> new SshResult(0, "", ""));
                SshConnection connection = open("admin", PASSWORD)) {
            connection.run("echo 'a'", SOON);
            assertThat(server.commands()).containsExactly("sudo -n sh -c 'echo '\\''a'\\'''");
        }
    }

    @Test
    void aCommandThatDoesNotEndIsGivenUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Function<String, SshResult> hanging = line -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new SshResult(0, "", "");
        };
        try (SshServerInTest _ = server("k", "root", null, hanging);
                SshConnection connection = open(PASSWORD)) {
            assertThatThrownBy(() -> connection.run("curl secret", Duration.ofMillis(600)))
                    .isInstanceOfSatisfying(SshFailure.class, failure -> assertThat(failure.kind())
                            .isEqualTo(SshFailure.Kind.BROKEN))
                    .hasMessageContaining("did not end")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void keysOfTheUsualKindsWorkEncryptedOrNot() throws Exception {
        for (List<String> kind : List.of(
                List.of("ed25519", ""), List.of("rsa", ""), List.of("ecdsa", ""), List.of("ed25519", "open sesame"))) {
            Path file = directory.resolve(kind.getFirst() + kind.getLast().length());
            keygen(file, kind.getFirst(), kind.getLast());
            String passphrase = kind.getLast().isEmpty() ? null : kind.getLast();
            PublicKey key = AuthorizedKeyEntry.parseAuthorizedKeyEntry(Files.readString(Path.of(file + ".pub")))
                    .resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
            try (SshServerInTest server = server("k", "root", key, line -> new SshResult(0, "", ""));
                    SshConnection connection =
                            open(new SshCredentials(null, Files.readString(file), passphrase, false))) {
                assertThat(connection.run("true", SOON).ok())
                        .as(kind.toString())
                        .isTrue();
                assertThat(server.passwords()).isEmpty();
            }
        }
    }

    private static void keygen(Path file, String type, String passphrase) throws Exception {
        Process process = new ProcessBuilder("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", file.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        try (SshServerInTest server = server("k")) {
            assertFailure(new SshCredentials("wrong", null, null, false), SshFailure.Kind.REFUSED, "root");
            assertFailure(new SshCredentials(null, "no key", null, false), SshFailure.Kind.BAD_KEY, "passphrase");
            assertThat(server.passwords()).contains("wrong");
        }
        assertFailure(PASSWORD, SshFailure.Kind.UNREACHABLE, host);
        CommandNeighbour.listHost(host, -1);
        assertThatThrownBy(() -> connections.open(new SshAddress("root", "no-such-host.invalid", 22), PASSWORD, SOON))
                .isInstanceOfSatisfying(
                        SshFailure.class, failure -> assertThat(failure.kind()).isEqualTo(SshFailure.Kind.UNRESOLVED));
    }

    private void assertFailure(SshCredentials credentials, SshFailure.Kind kind, String text) {
        assertThatThrownBy(() -> open(credentials))
                .isInstanceOfSatisfying(
                        SshFailure.class, failure -> assertThat(failure.kind()).isEqualTo(kind))
                .hasMessageContaining(text);
    }

    @Test
    void aServerThatShowsAnotherKeyGetsNoCredentials() throws Exception {
        try (SshServerInTest _ = server("first")) {
            open(PASSWORD).close();
        }
        try (SshServerInTest _ = server("first")) {
            open(PASSWORD).close();
        }
        try (SshServerInTest impostor = server("second")) {
            assertFailure(PASSWORD, SshFailure.Kind.HOST_KEY_CHANGED, "accept_new_host_key");
            assertThat(impostor.passwords()).isEmpty();
            open(new SshCredentials("right", null, null, true)).close();
            open(PASSWORD).close();
        }
        try (SshServerInTest _ = server("first")) {
            assertFailure(PASSWORD, SshFailure.Kind.HOST_KEY_CHANGED, "reinstalled");
        }
    }

    @Test
    void aFailedLoginPinsNothing() throws Exception {
        try (SshServerInTest _ = server("first")) {
            assertFailure(new SshCredentials("wrong", null, null, false), SshFailure.Kind.REFUSED, host);
        }
        try (SshServerInTest _ = server("second")) {
            open(PASSWORD).close();
        }
    }

    @Test
    void secretsAreNotInTheTextForm() {
        assertThat(new SshCredentials("pw", "key", "phrase", false).toString()).doesNotContain("pw", "phrase");
    }
}
