package io.burnish.host.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.host.secret.SecretStore;
import io.burnish.host.spi.BulkRequest;
import io.burnish.host.ssh.SshCredentials;
import io.burnish.kit.api.ApiResource;
import io.burnish.kit.api.Call;
import io.burnish.kit.api.Reply;
import io.burnish.kit.api.Resource;
import io.burnish.kit.api.Shape;
import io.burnish.kit.api.Wire;
import io.burnish.kit.call.Commands;
import io.burnish.kit.call.InternalClient;
import io.burnish.kit.security.Access;
import io.burnish.kit.sql.Database;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code test_host} (API contract, core 2.17): checks whether servers could be added, each by a command. */
@ApplicationScoped
class TestHostResource implements ApiResource {

    private static final Map<String, String> NEEDED =
            Map.of("id_password_root", "root_password", "private_key_choice", "private_key");

    private final Database database;
    private final SecretStore secrets;
    private final HostBodies bodies;
    private final Commands commands;

    TestHostResource(Database database, SecretStore secrets, HostBodies bodies, Commands commands) {
        this.database = database;
        this.secrets = secrets;
        this.bodies = bodies;
        this.commands = commands;
    }

    @Override
    public Resource resource() {
        return Resource.named("test_host")
                .onList(
                        HttpMethod.POST,
                        Access.FSADMIN,
                        "Check whether servers could be added",
                        Wire.bulk(SshForm.SHAPE, "command", Shape.of("command")),
                        this::test)
                .build();
    }

    private Reply test(Call call) {
        bodies.check(call.body(), missingCredentials(call.body()));
        return BulkRequest.answer(call.body(), "command", (element, index) -> start(call, element, index));
    }

    /** At the top level of the body only, as the contract says. */
    private static Map<String, List<String>> missingCredentials(ObjectNode body) {
        String needed = NEEDED.get(body.path("auth_type").asText());
        boolean missing = needed != null && body.path(needed).asText("").isBlank();
        return missing ? Map.of(needed, List.of("This field is mandatory")) : Map.of();
    }

    private JsonNode start(Call call, ObjectNode element, int index) {
        String address = bodies.address(element);
        String credentials = UUID.randomUUID().toString();
        String owner = DeploymentSecrets.ofTest(credentials);
        String sealable = SshCredentials.of(element).sealable();
        database.run(tx -> secrets.keep(tx, owner, sealable));
        ObjectNode args = JsonNodeFactory.instance
                .objectNode()
                .put(TestHostJobs.ADDRESS, address)
                .put(TestHostJobs.CREDENTIALS, credentials);
        try {
            return commands.request(new CommandRequest(
                            Commands.key(call) + "-" + index,
                            "Validation host configuration " + address,
                            List.of(),
                            List.of(new CommandRequest.JobWant(TestHostJobs.JOB_CLASS, args)),
                            List.of(),
                            call.principal().actor()))
                    .command();
        } catch (InternalClient.RefusedException e) {
            database.run(tx -> secrets.forget(tx, owner));
            throw e;
        }
    }
}
