package io.burnish.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.burnish.platform.process.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A process beside the gateway that stands where the host service stands: it shows what arrives there. The target service's place is
 * a port at which nobody listens.
 */
public final class Neighbour implements QuarkusTestResourceLifecycleManager {

    /** What the last request brought. */
    record Arrival(String method, String path, String authorization, int bodyBytes) {}

    /** Its part of the OpenAPI document; of which targets are not its business. */
    private static final String PART = """
            {"paths": {
                "/api/host/": {"get": {"responses": {"200": {"description": "Done.", "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/host"}}}}}}},
                "/api/host/metric/": {"get": {"responses": {"200": {"description": "Not mine."}}}},
                "/api/target/": {"get": {"responses": {"200": {"description": "Not mine."}}}}},
            "components": {"schemas": {
                "host": {"type": "object", "properties": {"command": {"$ref": "#/components/schemas/command"}}},
                "target": {"type": "object"}}}}""";

    static final AtomicReference<Arrival> LAST = new AtomicReference<>();
    static final AtomicReference<Integer> DOOR = new AtomicReference<>();
    /** Completes when somebody who was given an answer without end is there no more. */
    static final AtomicReference<CompletableFuture<Void>> CUT_OFF = new AtomicReference<>(new CompletableFuture<>());

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        List<Integer> ports = Ports.free(2);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Neighbour::answer);
        server.start();
        DOOR.set(ports.get(0));
        return Map.of(
                "burnish.door.port",
                ports.get(0).toString(),
                "burnish.door.read-timeout",
                "PT2S",
                "burnish.admin.password",
                Visitor.ADMIN_PASSWORD,
                "burnish.host-service.url",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "burnish.target-service.url",
                "http://127.0.0.1:" + ports.get(1));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        int received = 0;
        try (var body = exchange.getRequestBody()) {
            byte[] part = new byte[64 * 1024];
            for (int n = body.read(part); n >= 0; n = body.read(part)) {
                received += n;
            }
        }
        LAST.set(new Arrival(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                received));
        if (exchange.getRequestURI().getPath().contains("silent")) {
            // never answered: the gateway gives up first and closes the connection
            return;
        }
        if (exchange.getRequestURI().getPath().contains("endless")) {
            writeWithoutEnd(exchange);
            return;
        }
        boolean describes = exchange.getRequestURI().getPath().equals("/internal/openapi");
        byte[] answer = (describes ? PART : "{\"objects\": []}").getBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static void writeWithoutEnd(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] part = new byte[64 * 1024];
        try (var body = exchange.getResponseBody()) {
            while (true) {
                body.write(part);
            }
        } catch (IOException gone) {
            CUT_OFF.get().complete(null);
        }
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
