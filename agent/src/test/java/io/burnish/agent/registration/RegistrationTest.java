package io.burnish.agent.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.burnish.agent.AgentSettings;
import io.burnish.agent.system.HostSystem;
import io.burnish.agent.system.linux.LinuxHostSystem;
import io.burnish.agent.testing.ScriptedHost;
import io.burnish.agent.testing.TestAuthority;
import io.burnish.agent.testing.TestHub;
import io.burnish.contracts.agent.RegistrationReply;
import io.burnish.contracts.agent.RegistrationRequest;
import io.vertx.core.Vertx;
import java.io.FileInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server registers with the manager that it was told to trust, and with no other. */
class RegistrationTest {

    @TempDir
    private Path directory;

    private Vertx vertx;
    private TestAuthority authority;
    private TestHub hub;
    private ScriptedHost host;
    private Path state;

    @BeforeEach
    void manager() throws Exception {
        vertx = Vertx.vertx();
        authority = new TestAuthority(directory.resolve("ca"), "x_local_authority");
        authority.issueForLocalhost("manager");
        hub = new TestHub(vertx, authority, "manager");
        state = Files.createDirectories(directory.resolve("state"));
        HostSystem real = new LinuxHostSystem(state);
        host = new ScriptedHost(state);
        // real openssl on the real machine, the rest of the server from the script
        host.reply("openssl genrsa -out " + state.resolve("private.pem") + " 2048", real::run);
        host.reply(
                "openssl req -new -sha256 -subj /CN=oss1.lab.example -key " + state.resolve("private.pem"), real::run);
    }

    @AfterEach
    void close() {
        hub.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Registration.Order order(URI manager, String secret) throws Exception {
        return new Registration.Order(manager, secret, Files.readString(authority.certificate()), null);
    }

    private RegistrationReply register(Registration.Order order) throws Exception {
        return new Registration(host, vertx, "1.0.0").register(order);
    }

    @Test
    void theServerGetsACertificateForItsOwnKeyAndRemembersTheManager() throws Exception {
        RegistrationReply reply = register(order(hub.manager(), "SECRET"));
        assertThat(reply.hostId()).isEqualTo(3);
        assertThat(reply.commandId()).isEqualTo(12);
        RegistrationRequest sent = hub.registrations().getFirst();
        assertThat(sent.fqdn()).isEqualTo("oss1.lab.example");
        assertThat(sent.nodename()).isEqualTo("oss1");
        assertThat(sent.address()).isEqualTo("oss1.lab.example");
        assertThat(sent.version()).isEqualTo("1.0.0");
        Identity identity = new Identity(state);
        for (Path file : new Path[] {identity.key(), identity.certificate(), identity.authority()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        try (InputStream in = new FileInputStream(identity.certificate().toFile())) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=oss1.lab.example");
        }
        AgentSettings settings = AgentSettings.registered(host).orElseThrow();
        assertThat(settings.hubUrl()).isEqualTo(hub.url());
        assertThat(host.text("/var/lib/chroma/settings/c2VydmVy").orElseThrow())
                .contains("\"url\":\"" + hub.manager() + "\"");
    }

    @Test
    void aTokenThatIsNoGoodIsExplained() throws Exception {
        assertThatThrownBy(() -> register(order(hub.manager(), "WRONG")))
                .isInstanceOf(RegistrationException.class)
                .hasMessageContaining("refused the registration token");
        assertThat(AgentSettings.registered(host)).isEmpty();
        assertThat(new Identity(state).certificate()).doesNotExist();
    }

    @Test
    void anotherManagerDoesNotGetTheSecret() throws Exception {
        TestAuthority foreign = new TestAuthority(directory.resolve("foreign"), "somebody else");
        foreign.issueForLocalhost("manager");
        try (TestHub impostor = new TestHub(vertx, foreign, "manager")) {
            assertThatThrownBy(() -> register(order(impostor.manager(), "SECRET")))
                    .isInstanceOf(RegistrationException.class)
                    .hasMessageContaining("cannot reach the manager at " + impostor.manager());
            assertThat(impostor.registrations()).isEmpty();
        }
    }

    @Test
    void aServerWithoutANameIsRefused() {
        ScriptedHost nameless = new ScriptedHost(state) {
            @Override
            public HostNames names() {
                return new HostNames("localhost.localdomain", "localhost");
            }
        };
        assertThatThrownBy(() -> new Registration(nameless, vertx, "1.0.0").register(order(hub.manager(), "SECRET")))
                .isInstanceOf(RegistrationException.class)
                .hasMessageContaining("no name of its own");
        assertThat(nameless.commands()).isEmpty();
    }

    @Test
    void aFailingToolIsNamed() throws Exception {
        ScriptedHost broken = new ScriptedHost(state);
        broken.on(
                "openssl genrsa -out " + state.resolve("private.pem") + " 2048",
                ScriptedHost.failed(1, "cannot generate"));
        assertThatThrownBy(() -> new Registration(broken, vertx, "1.0.0").register(order(hub.manager(), "SECRET")))
                .hasMessageContaining("openssl genrsa")
                .hasMessageContaining("cannot generate");
    }
}
