package io.burnish.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.burnish.contracts.ContractJson;
import io.burnish.contracts.call.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/**
 * An HTTP server on loopback where another service stands: speaks {@code /internal/} for callers with a service token, can be away and
 * can lose its answers.
 */
public final class Neighbour implements AutoCloseable {

    /** What becomes of calls. */
    public enum Mood {
        /** As the contract says. */
        ANSWER,
        /** Nothing is done, nothing is answered. */
        AWAY,
        /** It is done, but the answer gets lost. */
        LOSE_ANSWER
    }

    /** A call of the service under test. */
    public record Call(String method, String path, byte[] body) {

        /** The JSON body. */
        public <T> T body(Class<T> type) {
            return ContractJson.read(body, type);
        }

        /** The last part of the path. */
        public String lastPart() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /**
     * An answer.
     *
     * @param body {@code null}: none
     */
    public record Answer(int status, Object body) {

        /** 200, or 204 without a body. */
        public static Answer of(Object body) {
            return new Answer(body == null ? 204 : 200, body);
        }

        /** 400. */
        public static Answer refused(Refusal refusal) {
            return new Answer(400, refusal);
        }
    }

    /** What the service does. */
    @FunctionalInterface
    public interface Conversation {
        /** Answers a call; several at the same time. */
        Answer answer(Call call);
    }

    private final HttpServer server;
    private final Conversation conversation;
    private volatile Mood mood = Mood.ANSWER;

    /** Starts it on a free port. */
    public Neighbour(Conversation conversation) {
        this.conversation = conversation;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/", this::serve);
        server.start();
    }

    /** Changes what becomes of calls. */
    public void mood(Mood now) {
        mood = now;
    }

    /** Its address, for example {@code http://127.0.0.1:40001}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Mood now = mood;
        if (now == Mood.AWAY) {
            exchange.close();
            return;
        }
        Answer answer = answer(exchange, body);
        if (now == Mood.LOSE_ANSWER) {
            exchange.close();
            return;
        }
        byte[] bytes = answer.body() == null ? new byte[0] : ContractJson.write(answer.body());
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private Answer answer(HttpExchange exchange, byte[] body) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            return new Answer(401, null);
        }
        try {
            return conversation.answer(new Call(
                    exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body));
        } catch (RuntimeException e) {
            // the JDK's server would leave the caller waiting
            return new Answer(500, e.toString());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
