package io.burnish.host.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.MalformedMessageException;
import io.burnish.host.secret.SecretStore;
import io.burnish.host.ssh.SshAddress;
import io.burnish.host.ssh.SshConnection;
import io.burnish.host.ssh.SshConnections;
import io.burnish.host.ssh.SshCredentials;
import io.burnish.host.ssh.SshFailure;
import io.burnish.host.ssh.SshResult;
import io.burnish.kit.execution.LocalActivity;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Has a server fetch and run its installer over SSH. May run again after a crash: each run has a token of its own, and the server gets a
 * new certificate.
 */
@ApplicationScoped
class AgentDeployment implements LocalActivity {

    static final String NAME = "deploy-agent";

    private static final Duration LOGIN = Duration.ofSeconds(15);
    private static final Duration TOKEN_SPARE = Duration.ofMinutes(1);
    private static final int SHOWN = 4000;

    private final Database database;
    private final TokenStore tokens;
    private final SecretStore secrets;
    private final SshConnections ssh;
    private final PublicAddress manager;
    private final Duration timeout;

    AgentDeployment(
            Database database,
            TokenStore tokens,
            SecretStore secrets,
            SshConnections ssh,
            PublicAddress manager,
            @ConfigProperty(name = "burnish.deployment.timeout") Duration timeout) {
        this.database = database;
        this.tokens = tokens;
        this.secrets = secrets;
        this.ssh = ssh;
        this.manager = manager;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return NAME;
    }

    private record Prepared(SshCredentials credentials, String secret) {}

    @Override
    public JsonNode run(ObjectNode args) throws ActivityFailure, InterruptedException {
        long hostId = args.get("host_id").asLong();
        String address = args.get("address").asText();
        String profile = args.get("profile_name").asText();
        Long commandId = args.hasNonNull("command_id") ? args.get("command_id").asLong() : null;
        Prepared prepared = database.transaction(tx -> new Prepared(
                secrets.ofOwner(tx, DeploymentSecrets.owner(hostId))
                        .map(SshCredentials::unsealed)
                        .orElse(new SshCredentials(null, null, null, false)),
                tokens.forDeployment(tx, hostId, commandId, profile, timeout.plus(TOKEN_SPARE))));
        try (SshConnection connection = ssh.open(parsed(address), prepared.credentials(), LOGIN)) {
            SshResult result =
                    connection.run("curl -sSk '" + manager.setup(prepared.secret(), profile) + "' | sh", timeout);
            return checked(hostId, address, withoutSecret(result, prepared.secret()));
        } catch (SshFailure e) {
            throw new ActivityFailure(e.getMessage(), e);
        }
    }

    private static SshAddress parsed(String address) throws ActivityFailure {
        return SshAddress.parse(address)
                .orElseThrow(() -> new ActivityFailure(
                        "'%s' is no address for SSH. Remove the server and add it again.".formatted(address), null));
    }

    private static SshResult withoutSecret(SshResult result, String secret) {
        return new SshResult(result.rc(), shown(result.stdout(), secret), shown(result.stderr(), secret));
    }

    private static String shown(String text, String secret) {
        String masked = text.replace(secret, "…");
        return masked.length() <= SHOWN ? masked : "…" + masked.substring(masked.length() - SHOWN);
    }

    private static JsonNode checked(long hostId, String address, SshResult result) throws ActivityFailure {
        if (!result.ok() || registeredHost(result.stdout()) != hostId) {
            throw new ActivityFailure(
                    "The installer on %s did not succeed (exit status %d). It printed: %s %s. Correct this on the server and try again."
                            .formatted(
                                    address,
                                    result.rc(),
                                    result.stdout().strip(),
                                    result.stderr().strip()),
                    null);
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("rc", result.rc())
                .put("stdout", result.stdout())
                .put("stderr", result.stderr());
    }

    /** The server that the installer says it has registered; 0 if it does not say. */
    private static long registeredHost(String stdout) {
        try {
            return ContractJson.read(stdout, JsonNode.class).path("host_id").asLong();
        } catch (MalformedMessageException e) {
            return 0;
        }
    }
}
