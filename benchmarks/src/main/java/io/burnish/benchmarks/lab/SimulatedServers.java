package io.burnish.benchmarks.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.burnish.standalone.client.ApiClient;
import io.burnish.standalone.client.ApiException;
import io.burnish.standalone.client.CommandWatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The servers of the simulated cluster, and its control interface. */
public final class SimulatedServers {

    private static final Duration SET_UP = Duration.ofMinutes(10);
    private static final String PASSWORD = "lustre";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI control;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Those behind a control interface. */
    public SimulatedServers(URI control) {
        this.control = control;
    }

    /**
     * A command that an agent began to run.
     *
     * @param line the words, separated by blanks
     */
    public record Began(Instant at, String server, String line) {}

    /** Names of all servers. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        get("servers").forEach(server -> names.add(server.path("name").asText()));
        return names;
    }

    /** Commands that began at that time or later, the oldest first. */
    public List<Began> began(Instant since) {
        List<Began> commands = new ArrayList<>();
        for (JsonNode one : get("commands?since=" + ChronoUnit.MICROS.between(Instant.EPOCH, since))) {
            commands.add(new Began(
                    Instant.EPOCH.plus(one.path("at").asLong(), ChronoUnit.MICROS),
                    one.path("server").asText(),
                    one.path("line").asText()));
        }
        return commands;
    }

    /**
     * Adds all of them and waits until they are set up.
     *
     * @throws ApiException if one is not
     */
    public void addTo(ApiClient client) {
        List<Map<String, String>> bodies = names().stream()
                .map(name -> Map.of(
                        "address",
                        name,
                        "auth_type",
                        "id_password_root",
                        "root_password",
                        PASSWORD,
                        "server_profile",
                        "/api/server_profile/base_managed_rh7/"))
                .toList();
        JsonNode reply = client.post("/api/host/", Map.of("objects", bodies)).orThrow("Adding the servers");
        for (JsonNode one : reply.path("objects")) {
            JsonNode command = one.path("command_and_host").path("command");
            CommandWatch.Progress end =
                    new CommandWatch(client).await(command.path("id").asLong(), SET_UP, progress -> {});
            if (!end.succeeded()) {
                throw new ApiException("'" + end.message() + "' has " + end.state() + ": " + end.failures(), 0);
            }
        }
    }

    private JsonNode get(String path) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(control.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        "the simulator answers " + answer.statusCode() + " to " + path + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException("the simulator does not answer to " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
