package io.burnish.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.agent.AgentVersion;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.config.ConfigStore.Section;
import io.burnish.agent.registration.Registration;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.RegistrationReply;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code register}: makes this server known to a manager and prints {@code {"host_id": N, "command_id": M}}. */
record RegisterCommand(HostSystem host) {

    int run(Options options) throws IOException, InterruptedException {
        Registration.Order order = new Registration.Order(
                URI.create(options.require("url")),
                options.require("secret"),
                Files.readString(Path.of(options.require("ca-file"))),
                options.find("address").orElse(null));
        Optional<JsonNode> profile = profile(options);
        Vertx vertx = SmallVertx.create();
        try {
            RegistrationReply reply = new Registration(host, vertx, AgentVersion.current()).register(order);
            profile.ifPresent(json -> new ConfigStore(host).put(Section.SETTINGS, "profile", json));
            System.out.println(ContractJson.text(JsonNodeFactory.instance
                    .objectNode()
                    .put("host_id", reply.hostId())
                    .put("command_id", reply.commandId())));
            return 0;
        } finally {
            vertx.close();
        }
    }

    /** A profile given as JSON, or as the name of a file that holds it. */
    private static Optional<JsonNode> profile(Options options) throws IOException {
        Optional<String> value = options.find("profile");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String json = value.get().startsWith("{") ? value.get() : Files.readString(Path.of(value.get()));
        return Optional.of(ContractJson.read(json, JsonNode.class));
    }
}
