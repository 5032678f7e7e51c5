package io.burnish.agent.copytool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.burnish.agent.config.ConfigStore;
import io.burnish.agent.config.ConfigStore.Section;
import io.burnish.agent.registration.HubTls;
import io.burnish.agent.registration.Identity;
import io.burnish.agent.system.CommandLine;
import io.burnish.agent.system.CommandResult;
import io.burnish.agent.system.HostSystem;
import io.burnish.contracts.ContractJson;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The monitor process of a copytool: reads its events from a FIFO and relays them to the manager (agent contract, 13.2). */
public final class CopytoolMonitor {

    private static final int FAILED = 1;
    private static final long SECONDS = 30;

    private CopytoolMonitor() {}

    /** Runs until the process ends; returns an exit status if it cannot begin. */
    public static int run(HostSystem host, Vertx vertx, String id) throws IOException, InterruptedException {
        ConfigStore store = new ConfigStore(host);
        Optional<Copytool> copytool = store.get(Section.COPYTOOLS, id, Copytool.class);
        Optional<JsonNode> server = store.get(Section.SETTINGS, "server", JsonNode.class);
        if (copytool.isEmpty() || server.isEmpty()) {
            System.err.println("copytool " + id + " is not configured, or this server is not registered");
            return FAILED;
        }
        Path fifo = Path.of(copytool.get().fifo());
        if (!Files.exists(fifo)) {
            host.run(CommandLine.of("mkfifo", "-m", "0600", fifo.toString()));
        }
        CommandResult readers = host.run(CommandLine.of("lsof", "-F", "pan0", fifo.toString()));
        if (hasReader(readers.stdout())) {
            System.err.println("another process reads " + fifo);
            return FAILED;
        }
        CopytoolEvents events = new CopytoolEvents();
        URI url = URI.create(server.get().path("url").asText()).resolve("agent/copytool_event/");
        HttpClient client = vertx.createHttpClient(new HubTls(new Identity(host.stateDirectory())).http());
        EventRelay relay = new EventRelay(
                events,
                body -> post(client, url, body),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("fqdn", host.names().fqdn())
                        .put("copytool", id));
        Thread.ofVirtual().name("relay").start(relay);
        while (true) {
            // the end of the file means that the copytool went away: wait for the next one
            read(fifo, events, relay);
        }
    }

    /** Reads {@code lsof -F pan0}: whether a process has the file open for reading. */
    static boolean hasReader(String stdout) {
        return stdout.lines()
                .flatMap(line -> java.util.Arrays.stream(line.split("\0")))
                .anyMatch(field -> field.equals("ar") || field.equals("au"));
    }

    private static void read(Path fifo, CopytoolEvents events, EventRelay relay) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(fifo, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                events.prepare(line).ifPresent(relay::add);
            }
        }
    }

    private static JsonNode post(HttpClient client, URI url, String body) throws IOException, InterruptedException {
        try {
            String answer = client.request(
                            new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url.toString()))
                    .compose(request -> request.putHeader("Content-Type", "application/json")
                            .send(Buffer.buffer(body)))
                    .compose(response -> response.statusCode() / 100 == 2
                            ? response.body().map(Buffer::toString)
                            : io.vertx.core.Future.failedFuture("status " + response.statusCode()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(SECONDS, TimeUnit.SECONDS);
            return answer.isBlank() ? JsonNodeFactory.instance.objectNode() : ContractJson.read(answer, JsonNode.class);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + SECONDS + " s", e);
        }
    }
}
