package io.burnish.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that ask nothing do not stay, and do not keep out those that ask. */
class ConnectionsTest {

    private static final int PATIENCE_MILLIS = 60_000;

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Void> silence = new CompletableFuture<>();

    @AfterEach
    void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** A server that answers everything but {@code /silence}; its port. */
    private int serve(int most, Duration idle) throws Exception {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        vertx.runOnContext(v -> {
            Connections connections = new Connections(vertx, most, idle);
            HttpServer server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                    .connectionHandler(connections::opened)
                    .requestHandler(request -> {
                        connections.asked(request);
                        request.response().endHandler(ended -> connections.answered(request));
                        if (request.path().equals("/silence")) {
                            silence.complete(null);
                        } else {
                            request.response().end("here");
                        }
                    });
            server.listen(0, "127.0.0.1").onComplete(listening -> port.complete(server.actualPort()));
        });
        return port.get(30, TimeUnit.SECONDS);
    }

    private static Socket connect(int port, String said) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        byte[] some = new byte[15];
        int read = socket.getInputStream().readNBytes(some, 0, some.length);
        return new String(some, 0, read, StandardCharsets.ISO_8859_1);
    }

    @Test
    void connectionWithoutACompleteHeadIsClosed() throws Exception {
        int port = serve(10, Duration.ofMillis(200));
        try (Socket silent = connect(port, "");
                Socket begun = connect(port, "GET / HTTP/1.1\r\nHost: a\r\nX-A")) {
            assertThat(answer(silent)).isEmpty();
            assertThat(answer(begun)).isEmpty();
        }
    }

    @Test
    void connectionWhoseRequestIsBeingAnsweredStays() throws Exception {
        int port = serve(10, Duration.ofMillis(200));
        try (Socket waiting = connect(port, "GET /silence HTTP/1.1\r\nHost: a\r\n\r\n");
                Socket silent = connect(port, "")) {
            // at least as long as an idle one
            assertThat(answer(silent)).isEmpty();
            silence.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            waiting.setSoTimeout(1);
            assertThatThrownBy(() -> answer(waiting)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void oneTooManyTakesThePlaceOfTheOneThatHasBeenIdleLongest() throws Exception {
        int port = serve(2, Duration.ofHours(1));
        try (Socket busy = connect(port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
            assertThat(answer(busy)).isEqualTo("HTTP/1.1 200 OK");
            try (Socket first = connect(port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
                assertThat(answer(first)).isEqualTo("HTTP/1.1 200 OK");
                try (Socket next = connect(port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
                    assertThat(answer(next)).isEqualTo("HTTP/1.1 200 OK");
                    busy.getInputStream().readAllBytes();
                }
            }
        }
    }

    @Test
    void oneTooManyIsClosedWhenAllAreBusy() throws Exception {
        int port = serve(1, Duration.ofHours(1));
        try (Socket busy = connect(port, "GET /silence HTTP/1.1\r\nHost: a\r\n\r\n")) {
            silence.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            assertThat(refused(port)).isTrue();
            busy.setSoTimeout(1);
            assertThatThrownBy(() -> answer(busy)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static boolean refused(int port) {
        try (Socket next = connect(port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
            return answer(next).isEmpty();
        } catch (IOException reset) {
            return true;
        }
    }
}
