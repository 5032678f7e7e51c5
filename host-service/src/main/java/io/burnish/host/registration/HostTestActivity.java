package io.burnish.host.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.host.registration.ConnectionChecks.Check;
import io.burnish.host.secret.SecretStore;
import io.burnish.host.ssh.Ping;
import io.burnish.host.ssh.SshAddress;
import io.burnish.host.ssh.SshConnection;
import io.burnish.host.ssh.SshConnections;
import io.burnish.host.ssh.SshCredentials;
import io.burnish.host.ssh.SshFailure;
import io.burnish.host.ssh.SshHosts;
import io.burnish.host.ssh.SshResult;
import io.burnish.kit.execution.LocalActivity;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** Makes the checks before a server is added (agent contract, 15). A check that fails is a result, not a failure. */
@ApplicationScoped
class HostTestActivity implements LocalActivity {

    static final String NAME = "test-host";

    private static final Duration LOGIN = Duration.ofSeconds(5);
    private static final Duration COMMAND = Duration.ofSeconds(60);
    private static final String KNOWN_PACKAGE = "ElectricFence";

    private final Database database;
    private final SecretStore secrets;
    private final SshConnections ssh;
    private final SshHosts hosts;
    private final PublicAddress manager;

    HostTestActivity(
            Database database, SecretStore secrets, SshConnections ssh, SshHosts hosts, PublicAddress manager) {
        this.database = database;
        this.secrets = secrets;
        this.ssh = ssh;
        this.hosts = hosts;
        this.manager = manager;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** {@code {"result": …, "log": …}}. */
    @Override
    public JsonNode run(ObjectNode args) throws ActivityFailure, InterruptedException {
        String text = args.path("address").asText();
        SshAddress address = SshAddress.parse(text)
                .orElseThrow(() -> new ActivityFailure("'%s' is no address for SSH.".formatted(text), null));
        SshCredentials credentials = credentials(args.path("credentials").asText());
        ConnectionChecks checks = new ConnectionChecks();
        String log = check(address, credentials, checks);
        ObjectNode outcome = JsonNodeFactory.instance.objectNode().put("log", log);
        outcome.set("result", checks.result(text));
        return outcome;
    }

    private SshCredentials credentials(String id) throws ActivityFailure {
        Optional<String> kept = database.transaction(tx -> secrets.ofOwner(tx, DeploymentSecrets.ofTest(id)));
        return kept.map(SshCredentials::unsealed)
                .orElseThrow(() -> new ActivityFailure(
                        "The credentials of this test are not kept any more. Ask for the test again.", null));
    }

    private String check(SshAddress address, SshCredentials credentials, ConnectionChecks checks)
            throws InterruptedException {
        Optional<InetSocketAddress> socket = hosts.resolve(address.host(), address.port());
        if (!checks.note(Check.RESOLVE, socket.isPresent())) {
            return "The manager cannot resolve " + address.host() + ".";
        }
        if (!checks.note(Check.PING, Ping.answers(socket.get().getAddress()))) {
            return "%s (%s) does not answer a ping."
                    .formatted(address.host(), socket.get().getAddress().getHostAddress());
        }
        try (SshConnection connection = ssh.open(address, credentials, LOGIN)) {
            checks.note(Check.AUTH, true);
            onServer(connection, socket.get(), checks);
            return "";
        } catch (SshFailure e) {
            return e.getMessage();
        }
    }

    private void onServer(SshConnection connection, InetSocketAddress socket, ConnectionChecks checks)
            throws SshFailure, InterruptedException {
        names(connection, socket, checks);
        SshResult ping = run(connection, "ping -c 1 " + manager.host());
        checks.note(Check.REVERSE_RESOLVE, ping.rc() == 0 || ping.rc() == 1);
        checks.note(Check.REVERSE_PING, ping.ok());
        SshResult packages = run(connection, "yum -q list " + KNOWN_PACKAGE);
        checks.note(Check.YUM_CAN_UPDATE, packages.ok() && packages.stdout().contains(KNOWN_PACKAGE));
        checks.note(Check.OPENSSL, run(connection, "openssl version -a").ok());
    }

    private void names(SshConnection connection, InetSocketAddress socket, ConnectionChecks checks)
            throws SshFailure, InterruptedException {
        String hostname = run(connection, "hostname").stdout().strip();
        String fqdn = run(connection, "hostname -f").stdout().strip();
        boolean named = RegistrationBody.name(hostname) && RegistrationBody.name(fqdn);
        checks.note(Check.HOSTNAME_VALID, named && resolvesOnServer(connection, hostname));
        if (named) {
            Optional<InetSocketAddress> own = hosts.resolve(fqdn, socket.getPort());
            checks.note(Check.FQDN_RESOLVES, own.isPresent());
            checks.note(Check.FQDN_MATCHES, own.map(socket::equals).orElse(false));
        }
    }

    /** To an address that is not the server's loopback interface. */
    private static boolean resolvesOnServer(SshConnection connection, String hostname)
            throws SshFailure, InterruptedException {
        SshResult found = run(connection, "getent hosts " + hostname);
        String address = found.stdout().strip().split("\\s+", 2)[0];
        return found.ok() && !address.isEmpty() && !address.startsWith("127.") && !address.equals("::1");
    }

    private static SshResult run(SshConnection connection, String command) throws SshFailure, InterruptedException {
        return connection.run(command, COMMAND);
    }
}
