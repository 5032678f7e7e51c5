package io.burnish.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.burnish.agent.LocalAgent;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.agent.ActionOutcome;
import io.burnish.simulator.lab.Lab;
import io.burnish.simulator.lab.Lun;
import io.burnish.simulator.server.Rack;
import io.burnish.simulator.server.VirtualServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One pair of virtual servers, on which the real agent's actions are run without a manager. */
final class Rig implements AutoCloseable {

    private static final String SERVER =
            "{\"url\":\"https://manager.lab.example/\",\"hub_url\":\"wss://localhost:1/\"}";
    private static final String PROFILE = "{\"name\":\"base_managed\",\"managed\":true,\"worker\":false}";

    final Lab lab;
    final Rack rack;
    final Vertx vertx = Vertx.vertx();

    Rig(Path directory) throws IOException {
        lab = Lab.open(directory, 1);
        rack = new Rack(lab, directory, vertx);
        for (VirtualServer server : rack.servers()) {
            ConfigStore config = new ConfigStore(server);
            config.put(ConfigStore.Section.SETTINGS, "server", ContractJson.read(SERVER, JsonNode.class));
            config.put(ConfigStore.Section.SETTINGS, "profile", ContractJson.read(PROFILE, JsonNode.class));
        }
    }

    VirtualServer server(String name) {
        return rack.server(name).orElseThrow();
    }

    /** A LUN of the pair. */
    Lun lun(int position) {
        return lab.luns(server("mds1").machine()).get(position);
    }

    CommandResult run(String server, String... words) throws InterruptedException {
        return server(server).run(CommandLine.of(words));
    }

    /** The result of an action of the agent, which must succeed. */
    JsonNode act(String server, String action, Map<String, ?> arguments) {
        ActionOutcome outcome = outcome(server, action, arguments);
        if (outcome instanceof ActionOutcome.Succeeded succeeded) {
            return succeeded.result();
        }
        throw new AssertionError(action + " on " + server + ": " + outcome);
    }

    ActionOutcome outcome(String server, String action, Map<String, ?> arguments) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        arguments.forEach((key, value) -> json.set(key, ContractJson.mapper().valueToTree(value)));
        return LocalAgent.on(server(server)).run(action, json).orElseThrow();
    }

    void startLnet(String server) {
        act(server, "load_lnet", Map.of());
        act(server, "start_lnet", Map.of());
    }

    /** Formats; returns the uuid. */
    String formatMgs(int position) {
        return act(
                        "mds1",
                        "format_target",
                        Map.of(
                                "target_name", "MGS",
                                "device", lun(position).link(),
                                "device_type", "linux",
                                "backfstype", "ldiskfs",
                                "target_types", "mgs"))
                .path("uuid")
                .asText();
    }

    JsonNode formatOst(int position, String mkfsOptions) {
        return act("mds1", "format_target", ostArguments(position, mkfsOptions));
    }

    Map<String, Object> ostArguments(int position, String mkfsOptions) {
        return Map.of(
                "target_name", "scratch-OST0000",
                "device", lun(position).link(),
                "device_type", "linux",
                "backfstype", "ldiskfs",
                "target_types", "ost",
                "fsname", "scratch",
                "index", 0,
                "mkfsoptions", mkfsOptions,
                "mgsnode", List.of(List.of("10.73.10.11@tcp0"), List.of("10.73.10.12@tcp0")));
    }

    @Override
    public void close() {
        rack.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
