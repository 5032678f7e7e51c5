package io.burnish.host.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A controller that tells its inventory over HTTP to who knows the password. */
final class Controller implements AutoCloseable {

    static final String PASSWORD = "p\u00e4ssword";
    private static final String EXPECTED =
            "Basic " + Base64.getEncoder().encodeToString(("monitor:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    private final HttpServer http;
    private volatile String inventory = "{}";

    Controller() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/inventory", this::answer);
        http.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean known = EXPECTED.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = known ? inventory.getBytes(StandardCharsets.UTF_8) : new byte[0];
        exchange.sendResponseHeaders(known ? 200 : 401, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** From now on it says this; quotes may be single. */
    void says(String json) {
        inventory = json.replace('\'', '"');
    }

    int port() {
        return http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
