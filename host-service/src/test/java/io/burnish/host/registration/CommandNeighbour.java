package io.burnish.host.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.call.CommandReply;
import io.burnish.contracts.call.CommandRequest;
import io.burnish.contracts.call.Refusal;
import io.burnish.platform.process.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * A process that stands where the command service stands: it keeps the promises of {@code /internal/commands} (a key leads to one command;
 * a forbidden key to none), can refuse, be away, and lose its answer.
 */
public final class CommandNeighbour implements QuarkusTestResourceLifecycleManager {

    /** What becomes of requests. */
    enum Mood {
        ANSWER,
        REFUSE,
        /** Nothing is done, nothing is answered. */
        AWAY,
        /** It is done, but the answer gets lost. */
        LOSE_ANSWER
    }

    private static final Map<String, Optional<CommandReply>> BY_KEY = new HashMap<>();
    private static final Map<Long, CommandRequest> REQUESTS = new HashMap<>();
    private static final Map<String, String> HOSTS = new HashMap<>();
    private static volatile Mood mood = Mood.ANSWER;
    private static Path directory;
    private static int front;

    private HttpServer server;

    static void mood(Mood now) {
        mood = now;
    }

    static synchronized CommandRequest request(long commandId) {
        return REQUESTS.get(commandId);
    }

    static synchronized long commandsFor(long hostId) {
        return REQUESTS.values().stream()
                .filter(request ->
                        request.wants().stream().anyMatch(want -> want.object().id() == hostId))
                .count();
    }

    /** A directory of the tests: {@code hosts.json}, {@code agent.tar.gz}. */
    static Path directory() {
        return directory;
    }

    /** The host's name leads to a local port from now on; -1: it leads nowhere. */
    public static synchronized void listHost(String host, int port) throws IOException {
        if (port < 0) {
            HOSTS.remove(host);
        } else {
            HOSTS.put(host, "127.0.0.1:" + port);
        }
        Path fresh = directory.resolve("hosts.json.new");
        Files.writeString(fresh, ContractJson.text(HOSTS));
        Files.move(fresh, directory.resolve("hosts.json"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The port of the public address. */
    static int front() {
        return front;
    }

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("burnish-registration");
            Files.writeString(directory.resolve("agent.tar.gz"), "the agent");
            Files.writeString(directory.resolve("hosts.json"), "{}");
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        front = Ports.free(1).getFirst();
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/commands", CommandNeighbour::serve);
        server.start();
        return Map.of(
                "burnish.command-service.url",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "burnish.public.url",
                "https://localhost:" + front + "/",
                "burnish.registration.settle-after",
                "PT1S",
                "burnish.deployment.contact-timeout",
                "PT10S",
                "burnish.agent.package",
                directory.resolve("agent.tar.gz").toString(),
                "burnish.ssh.hosts-file",
                directory.resolve("hosts.json").toString(),
                "burnish.ssh.keys",
                directory.toString());
    }

    private static void serve(HttpExchange exchange) throws IOException {
        try {
            converse(exchange);
        } catch (RuntimeException e) {
            // the JDK's server would leave the caller waiting
            answer(exchange, 500, e.toString());
        }
    }

    private static void converse(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Mood now = mood;
        if (now == Mood.AWAY) {
            exchange.close();
            return;
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            answer(exchange, 401, null);
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            String path = exchange.getRequestURI().getPath();
            Optional<CommandReply> command = forbid(path.substring(path.lastIndexOf('/') + 1));
            answer(exchange, command.isPresent() ? 200 : 204, command.orElse(null));
        } else if (now == Mood.REFUSE) {
            answer(exchange, 400, new Refusal("state", "not now", null));
        } else {
            Optional<CommandReply> command = accept(ContractJson.read(body, CommandRequest.class));
            if (now == Mood.LOSE_ANSWER) {
                exchange.close();
            } else if (command.isPresent()) {
                answer(exchange, 200, command.get());
            } else {
                answer(exchange, 400, new Refusal("__all__", "given up", null));
            }
        }
    }

    private static synchronized Optional<CommandReply> accept(CommandRequest request) {
        return BY_KEY.computeIfAbsent(request.key(), key -> {
            long id = 100 + REQUESTS.size();
            REQUESTS.put(id, request);
            return Optional.of(new CommandReply(
                    id, JsonNodeFactory.instance.objectNode().put("id", id).put("message", request.message())));
        });
    }

    private static synchronized Optional<CommandReply> forbid(String key) {
        return BY_KEY.computeIfAbsent(key, forbidden -> Optional.empty());
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : ContractJson.write(body);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    static JsonNode json(String text) {
        return ContractJson.read(text, JsonNode.class);
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
