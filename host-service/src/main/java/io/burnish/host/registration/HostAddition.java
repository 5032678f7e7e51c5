package io.burnish.host.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.call.CommandReply;
import io.burnish.host.spi.BulkRequest;
import io.burnish.host.spi.HostRegistry;
import io.burnish.host.ssh.SshAddress;
import io.burnish.host.ssh.SshCredentials;
import io.burnish.kit.api.ApiError;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.ResourceReader;
import io.burnish.kit.call.Commands;
import io.burnish.kit.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Adds servers over SSH: {@code POST /api/host/}, and {@code PUT} of servers whose deployment has to be repeated (API contract, core
 * 2.15). The calls are those of the resource {@code host}.
 */
@ApplicationScoped
public class HostAddition {

    private static final String RESULT = "command_and_host";
    private static final String UNDEPLOYED = "undeployed";

    private final Database database;
    private final ResourceReader reader;
    private final HostRegistry hosts;
    private final HostBodies bodies;
    private final HostIdentity identity;
    private final HostDeployment deployment;

    HostAddition(
            Database database,
            ResourceReader reader,
            HostRegistry hosts,
            HostBodies bodies,
            HostIdentity identity,
            HostDeployment deployment) {
        this.database = database;
        this.reader = reader;
        this.hosts = hosts;
        this.bodies = bodies;
        this.identity = identity;
        this.deployment = deployment;
    }

    /** Answers {@code POST /api/host/}: one server or {@code objects}. */
    public Reply add(Call call) {
        bodies.check(call.body());
        String key = Commands.key(call);
        return BulkRequest.answer(call.body(), RESULT, (element, index) -> deploy(call, element, key + "-" + index));
    }

    /** Answers {@code PUT /api/host/<id>/} of a server in state {@code undeployed}: another attempt. */
    public Reply deployAgain(Call call, long hostId) {
        String address = database.transaction(tx -> hosts.byId(tx, hostId))
                .map(HostRegistry.KnownHost::address)
                .orElseThrow(() -> ApiError.plainField(
                        "error",
                        "Couldn't find an instance of 'ManagedHost' which matched 'pk=%d'.".formatted(hostId)));
        ObjectNode element = call.body().deepCopy().put("address", address);
        return BulkRequest.answer(element, RESULT, (one, index) -> deploy(call, one, Commands.key(call) + "-0"));
    }

    /** Answers {@code PUT /api/host/}: another attempt for each of {@code objects} that is in state {@code undeployed}. */
    public Reply deployAgain(Call call) {
        if (!call.body().path("objects").isArray()) {
            throw ApiError.field("objects", "This field is mandatory");
        }
        String key = Commands.key(call);
        return BulkRequest.answer(call.body(), RESULT, (element, index) -> {
            if (!element.hasNonNull("address")) {
                throw ApiError.plainField("error", "Unable to decipher target host");
            }
            String address = element.get("address").asText().strip();
            HostRegistry.KnownHost known = database.transaction(tx -> hosts.byAddress(tx, address))
                    .orElseThrow(() -> ApiError.plainField("error", "ManagedHost matching query does not exist."));
            if (!known.state().equals(UNDEPLOYED)) {
                throw ApiError.plainField("error", "Bulk setting of state not yet supported");
            }
            return deploy(call, element, key + "-" + index);
        });
    }

    private JsonNode deploy(Call call, ObjectNode element, String key) {
        String text = bodies.address(element);
        SshAddress address = SshAddress.parse(text)
                .orElseThrow(() -> ApiError.plainField("error", "'%s' is not an address".formatted(text)));
        if (!element.hasNonNull("server_profile")) {
            throw ApiError.plainField("error", "'server_profile'");
        }
        String profile = ProfileUri.required(element, "server_profile");
        SshCredentials credentials = SshCredentials.of(element);
        Optional<HostDeployment.Begun> before = deployment.before(text, profile, key);
        HostDeployment.Begun begun = before.orElseGet(() -> {
            HostIdentity.Names names = identity.ask(address, credentials);
            return deployment.begin(
                    new HostRegistry.Deployment(
                            text, names.fqdn(), names.nodename(), profile, credentials.installMethod()),
                    credentials,
                    key,
                    call.principal().actor());
        });
        CommandReply command = deployment.complete(begun);
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.set("command", command.command());
        result.set(
                "host",
                reader.now(call.resource(), begun.hostId(), call.principal()).orElseThrow(ApiError::notFoundJson));
        return result;
    }
}
